/** What parts of a pipe and systems get wrong about a microservice that a manifest describes. */
import { microserviceOfSystem, pathsFor, pathUseOf } from '../config/microservices/describe.ts'
import { microservicesIn } from '../config/microservices/read.ts'
import { declaredKind } from '../config/model/declared.ts'
import type { KindRole } from '../config/model/define.ts'
import { objectSetting, textSetting } from '../config/model/setting.ts'
import { type EffectivePipe, effectiveSystem, type Part } from '../config/project/effective.ts'
import type { ConfigComponent, Configuration } from '../config/project/project.ts'
import { nearest } from '../dtl/nearest.ts'
import { secretName } from '../entity/secret-names.ts'
import { isLiteralSecret } from '../entity/secrets.ts'
import { type Problem, problem, renameTo } from '../problem.ts'
import { secretProblem } from './rule-check.ts'

const unknownPath = problem<{ microservice: string; path: string; suggestion: string }>({
  code: 'microservice-unknown-path',
  severity: 'warning',
  says: ({ microservice, path }) => `The manifest of ${microservice} has no path ${path}.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Choose one of its paths.' : `Did you mean ${suggestion}?`),
  repair: ({ path, suggestion }) => renameTo(path, suggestion),
})
const wrongUse = problem<{ microservice: string; path: string; use: string; others: string }>({
  code: 'microservice-path-use',
  severity: 'warning',
  says: ({ microservice, path, use }) => `The path ${path} of ${microservice} is not for this: it does not ${use}.`,
  fix: ({ others }) => (others === '' ? 'The microservice has no path for it.' : `These do: ${others}.`),
})

/** The problems of all parts of a pipe that talk to described microservices. */
export function microserviceProblems(project: Configuration, { source, transforms, sink }: EffectivePipe): Problem[] {
  if (Object.keys(project.manifests).length === 0) return []
  const parts = [['source', source], ...transforms.map((part) => ['transform', part] as const), ['sink', sink]] as const
  return parts.flatMap(([role, part]) => {
    const found = partProblem(project, role, part)
    return found === null ? [] : [found]
  })
}

function partProblem(project: Configuration, role: KindRole, { config, path: at }: Part): Problem | null {
  const [name, url, use] = [textSetting(config, 'system'), textSetting(config, 'url'), pathUseOf(role)]
  const system = name === undefined ? null : effectiveSystem(project, name)
  const described =
    system === null ? null : microserviceOfSystem(system.config, microservicesIn(project.manifests).microservices)
  const paths = described?.manifest.paths ?? {}
  if (described === null || url === undefined || use === null || Object.keys(paths).length === 0) return null
  const path = url.replace(/^\//, '').replace(/[?#].*$/, '')
  const where = { path: [...at, 'url'] }
  const microservice = described.manifest.title
  const known = Object.hasOwn(paths, path) ? paths[path] : Object.hasOwn(paths, url) ? paths[url] : undefined
  if (known === undefined) {
    const suggestion = nearest(path, Object.keys(paths)) ?? ''
    return unknownPath({ microservice, path, suggestion }, where)
  }
  if (known.uses.includes(use)) return null
  return wrongUse({ microservice, path, use, others: pathsFor(described, use).join(', ') }, where)
}

/** Secrets that stand in the environment of a container. Those that a manifest declares are checked as fields are. */
export function environmentProblems(project: Configuration, { config }: ConfigComponent): Problem[] {
  if (!declaredKind('system', textSetting(config, 'type') ?? '')?.runsImage) return []
  const declared =
    microserviceOfSystem(config, microservicesIn(project.manifests).microservices)?.manifest.environment ?? {}
  return Object.entries(objectSetting(objectSetting(config, 'docker'), 'environment')).flatMap(([name, value]) => {
    const isSecret = secretName(name) === 'certain' && !Object.hasOwn(declared, name)
    if (!isSecret || typeof value !== 'string' || !isLiteralSecret(value)) return []
    const found = secretProblem(value, ['docker', 'environment', name])
    return found === null ? [] : [found]
  })
}
