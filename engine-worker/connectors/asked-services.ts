/**
 * Systems of connectors whose runs ask the service although its answers are recorded: `asks` in `connectors/<folder>/link.json`.
 * Tests and previews have no network and go on with the recorded answers.
 */
import { contentText, type FileContents } from '../config/project/read.ts'
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { isObject } from '../entity/value.ts'
import { Fault } from '../problem.ts'
import type { OpenContext } from './open-context.ts'

/** The folder of a connector whose link file has this path; null for other files. */
export function linkedFolder(path: string): string | null {
  return /^connectors\/([^/]+)\/link\.json$/.exec(path)?.[1] ?? null
}

const known = new WeakMap<FileContents, ReadonlySet<string>>()

/** Whether the pipe asks its service over the network, whatever was recorded. */
export function asksService({ files, network, pipe }: OpenContext): boolean {
  if (!network) return false
  const systems = known.get(files) ?? systemsAsked(files)
  known.set(files, systems)
  if (systems.size === 0) return false
  return [pipe.source, ...pipe.transforms].some(({ config }) => systems.has(String(config.system)))
}

function systemsAsked(files: FileContents): ReadonlySet<string> {
  const links = Object.entries(files).flatMap(([path, content]) => {
    if (linkedFolder(path) === null) return []
    try {
      const link = readJson(contentText(content, path))
      return isObject(link) ? [link] : []
    } catch (error) {
      if (error instanceof Fault) return [] // a link that cannot be read asks for nothing
      throw error
    }
  })
  return new Set(links.filter((link) => get(link, 'asks') === true).map((link) => String(get(link, 'system'))))
}
