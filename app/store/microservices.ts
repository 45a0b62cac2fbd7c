/** The manifests of microservices in the open project, and what they make of declared kinds. */
import { useMemo } from 'react'
import {
  componentById,
  componentValue,
  describedKind,
  type FileContents,
  type JsonObject,
  type KindDeclaration,
  type Microservice,
  microserviceFile,
  microserviceOfSystem,
  microservicesIn,
  type Project,
} from '../../engine-worker/index.ts'
import { useContent } from './project/project.ts'

const microservicesByFiles = new WeakMap<object, readonly Microservice[]>()

/** The manifests of a project, which lie among its other files. */
export function microservicesOfProject({ root, files }: Project): readonly Microservice[] {
  const before = microservicesByFiles.get(files)
  if (before) return before
  const own: FileContents = Object.fromEntries(
    Object.entries(files).flatMap(([path, content]) =>
      path.startsWith(`${root}microservices/`) && path.endsWith(`/${microserviceFile}`)
        ? [[path.slice(root.length), content] as const]
        : [],
    ),
  )
  const { microservices } = microservicesIn(own)
  microservicesByFiles.set(files, microservices)
  return microservices
}

/** The manifest of the image that a system runs, or null. */
function microserviceOf(content: Project, id: string): Microservice | null {
  const component = componentById(content, id)
  return component === undefined || component.kind !== 'system'
    ? null
    : microserviceOfSystem(componentValue(component), microservicesOfProject(content))
}

/** A kind as the manifests of a project describe it for one configuration. */
export function describedIn(content: Project, kind: KindDeclaration, config: JsonObject): KindDeclaration {
  return describedKind(kind, config, microservicesOfProject(content), (id) => microserviceOf(content, id))
}

/** What describes kinds in the open project. */
export function useDescribedKinds(): (kind: KindDeclaration, config: JsonObject) => KindDeclaration {
  const content = useContent()
  return useMemo(() => (kind, config) => describedIn(content, kind, config), [content])
}
