/** Connectors that were opened here and are not, or not in this version, in the project; gone with the tab. */
import { create } from 'zustand'
import { filesOf, imageRepository, microserviceFile, readMicroservice } from '../../../engine-worker/index.ts'
import type { ChosenFile } from '../../store/project/import/chosen-files.ts'
import { readFiles } from '../../store/project/import/read-project.ts'

/** A connector by the texts of its folder. */
export interface OpenedConnector {
  readonly folder: string
  readonly files: Readonly<Record<string, string>>
  /** The datatypes that were chosen where it was made. */
  readonly chosen?: readonly string[]
}

export const useOpened = create<readonly OpenedConnector[]>(() => [])

/** A manifest of a microservice that was opened here and is not, or not in this version, in the project. */
export interface OpenedMicroservice {
  readonly name: string
  readonly text: string
}

export const useOpenedMicroservices = create<readonly OpenedMicroservice[]>(() => [])

/**
 * Reads what was chosen or dropped: each folder with a `manifest.json` is a connector, each `microservice.json` a
 * microservice. Gives the keys of what it found, as the catalogue has them.
 */
export async function openExtensions(chosen: readonly ChosenFile[], signal: AbortSignal): Promise<readonly string[]> {
  const [only] = chosen
  // A manifest that is chosen alone is opened whatever is wrong with it: its panel says what.
  if (chosen.length === 1 && only && isMicroserviceFile(only.path))
    return takeServices([[only.path, await only.file.text()]], '')
  const { name, imported } = await readFiles(chosen, { signal, onProgress: () => {} })
  const texts = new Map<string, string>()
  for (const { path, content } of filesOf(imported.project)) if (typeof content === 'string') texts.set(path, content)
  const found = [...texts.keys()].flatMap((path) => {
    const inside = /^(.*\/)?manifest\.json$/.exec(path)
    return inside === null || /(^|\/)\./.test(path) ? [] : [connectorIn(texts, inside[1] ?? '', name)]
  })
  const folders = new Set(found.map(({ folder }) => folder))
  useOpened.setState([...useOpened.getState().filter(({ folder }) => !folders.has(folder)), ...found], true)
  const services = [...texts].filter(
    // A file of another name that is chosen alone comes as the configuration of one component.
    ([path, text]) => isMicroserviceFile(path) || (texts.size === 1 && readMicroservice(text, path).manifest !== null),
  )
  return [...[...folders].map((folder) => `connector:${folder}`), ...takeServices(services, name)]
}

function isMicroserviceFile(path: string): boolean {
  return path.split('/').at(-1) === microserviceFile
}

/** Opens manifests by path and text. `chosen` is the name of what was chosen. */
function takeServices(files: readonly (readonly [path: string, text: string])[], chosen: string): readonly string[] {
  const services = files.map(([path, text]) => {
    const { manifest } = readMicroservice(text, path)
    const image = manifest === null ? undefined : imageRepository(manifest.docker.image).split('/').at(-1)
    return { name: safeName(path.split('/').at(-2) ?? image ?? chosen), text }
  })
  const names = new Set(services.map(({ name }) => name))
  const others = useOpenedMicroservices.getState().filter(({ name }) => !names.has(name))
  useOpenedMicroservices.setState([...others, ...services], true)
  return [...names].map((each) => `microservice:${each}`)
}

function safeName(name: string): string {
  return name.replace(/[^\w.-]/g, '-').replace(/^\.+/, '') || 'microservice'
}

function connectorIn(texts: ReadonlyMap<string, string>, root: string, name: string): OpenedConnector {
  const last = root.split('/').at(-2) ?? name
  const own = [...texts].flatMap(([path, text]) => {
    const inside = path.slice(root.length)
    const isOwn = path.startsWith(root) && /\.(?:json|md)$/.test(inside) && !/(^|\/)\./.test(inside)
    return isOwn ? [[inside, text.replace(/^\uFEFF/, '')] as const] : []
  })
  const folder = last.replace(/[^\w.-]/g, '-') || 'new-connector'
  return { folder: folder === 'manifest' ? 'new-connector' : folder, files: Object.fromEntries(own) }
}
