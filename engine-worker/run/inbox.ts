/**
 * Entities supplied for a source in such numbers that one text would be too much: kept as a dataset (`system:inbox:<pipe>`)
 * and read from there in batches.
 */

import type { Entity } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { readSupply } from '../storage/supply.ts'
import { asGiven } from '../storage/write.ts'
import type { IndexedStore } from './indexes.ts'

const PREFIX = 'system:inbox:'
/** Marks an entity that came without an `_id`. */
const WITHOUT_ID = '$inbox_without_id'

/** The dataset of what was supplied for a pipe. */
export function inboxDataset(pipe: string): string {
  return PREFIX + pipe
}

/** The pipe of such a dataset, or null for any other dataset. */
export function inboxOwner(dataset: string): string | null {
  return dataset.startsWith(PREFIX) ? dataset.slice(PREFIX.length) : null
}

/** What was taken in, and the rows that could not be read. */
export interface Received {
  readonly entities: number
  /** The first hundred. */
  readonly problems: readonly Problem[]
  readonly skipped: number
}

/**
 * Takes in entities from a text that comes in pieces, in the place of what was there or behind it, a commit a batch. Rows
 * that cannot be read are left out and named by file and line.
 */
export async function receive(
  store: IndexedStore,
  pipe: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  options: { readonly append: boolean; readonly file: string; readonly progress?: (entities: number) => void },
): Promise<Received> {
  const dataset = inboxDataset(pipe)
  const { append, file, progress } = options
  if (!append) await store.commit({ reset: [dataset] })
  let number = (await store.store.info(dataset))?.lastUpdated ?? 0
  let [count, skipped] = [0, 0]
  const problems: Problem[] = []
  // One batch is stored while the next is read.
  let storing: Promise<unknown> = Promise.resolve()
  for await (const batch of readSupply(chunks, { file, withoutId: true })) {
    const entities = batch.entities.map((entity) => {
      number++
      return typeof entity._id === 'string' ? entity : { ...entity, _id: `#${number}`, [WITHOUT_ID]: true }
    })
    const stored = store.commit({ datasets: [{ dataset, entities, populated: true }] })
    stored.catch(() => undefined)
    await storing
    storing = stored
    count += entities.length
    skipped += batch.problems.length
    problems.push(...batch.problems.slice(0, Math.max(0, 100 - problems.length)))
    progress?.(count)
  }
  await storing
  return { entities: count, problems, skipped }
}

/** What is in the inbox of a pipe; can be read again and again. */
export function inboxOf(store: IndexedStore, pipe: string): AsyncIterable<readonly Entity[]> {
  return {
    async *[Symbol.asyncIterator]() {
      // Deletions are pushed, too.
      for await (const batch of store.store.scan(inboxDataset(pipe))) yield batch.map(asSupplied)
    },
  }
}

/** The entity without what the store and the inbox have added. */
function asSupplied(stored: Entity): Entity {
  const entity = asGiven(stored)
  if (entity[WITHOUT_ID] !== true) return entity
  const { _id, [WITHOUT_ID]: _mark, ...others } = entity
  return others
}
