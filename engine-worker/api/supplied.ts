/** What was supplied for sources. */
import { printEntity } from '../entity/transit.ts'
import { inboxOf, inboxOwner } from '../run/inbox.ts'
import { IndexedStore } from '../storage/index/indexed-store.ts'
import type { DatasetStore } from '../storage/store.ts'
import { capability } from './capability.ts'
import { suppliedTexts } from './supplied-texts.ts'

/** Which project is asked about, open or not. */
interface SuppliedRequest {
  readonly project: string
  /** Characters that are wanted at most; the data of a pipe comes whole or not at all. */
  readonly most: number
}

/** The data of pipes as texts, by the endings of their names CSV, JSON or NDJSON. */
interface SuppliedData {
  readonly given: readonly { readonly pipe: string; readonly name: string; readonly text: string }[]
  /** Pipes with more data than was wanted. */
  readonly leftOut: readonly string[]
}

/**
 * What was supplied for the sources of a project, as it was given; what was read in pieces as an entity a line. Throws a
 * Fault where the project is open in another tab.
 */
export const supplied = capability('supplied', 'draft', ({ project, most }: SuppliedRequest, { host }) =>
  host.withStore(project, (store) => suppliedIn(store, most)),
)

async function suppliedIn(store: DatasetStore, most: number): Promise<SuppliedData> {
  let left = most
  const leftOut: string[] = []
  const given: SuppliedData['given'][number][] = []
  const addText = (pipe: string, name: string, text: string | null) => {
    if (text === null || text.length > left) return void leftOut.push(pipe)
    left -= text.length
    given.push({ pipe, name, text })
  }
  const texts = await suppliedTexts(store)
  for (const [pipe, { name, text }] of texts) addText(pipe, name, text)
  for (const { name } of await store.list()) {
    const pipe = inboxOwner(name)
    if (pipe !== null && !texts.has(pipe)) addText(pipe, `${pipe}.ndjson`, await linesOf(store, pipe, left))
  }
  return { given, leftOut }
}

/** The entities of an inbox, one a line; null when they have more characters than wanted. */
async function linesOf(store: DatasetStore, pipe: string, most: number): Promise<string | null> {
  const lines: string[] = []
  let length = 0
  for await (const batch of inboxOf(new IndexedStore(store), pipe)) {
    for (const entity of batch) {
      const line = `${printEntity(entity)}\n`
      length += line.length
      if (length > most) return null
      lines.push(line)
    }
  }
  return lines.join('')
}
