/**
 * Entities supplied for a source in such numbers that one text would be too much: kept as a dataset (`system:inbox:<pipe>`)
 * and read from there in batches.
 */
import { readEntity } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { Fault, locate } from '../problem.ts'
import type { IndexedStore } from './indexes.ts'

const PREFIX = 'system:inbox:'
/** Marks an entity that came without an `_id`. */
const WITHOUT_ID = '$inbox_without_id'
const BATCH = 5000

/** The dataset of what was supplied for a pipe. */
export function inboxDataset(pipe: string): string {
  return PREFIX + pipe
}

/** The pipe of such a dataset, or null for any other dataset. */
export function inboxOwner(dataset: string): string | null {
  return dataset.startsWith(PREFIX) ? dataset.slice(PREFIX.length) : null
}

/**
 * Takes in entities, one JSON object a line, in the place of what was there or behind it; gives how many. A line that
 * cannot be read is a Fault with its number; what came before it has been taken in.
 */
export async function receive(
  store: IndexedStore,
  pipe: string,
  text: string,
  append: boolean,
  file: string,
): Promise<number> {
  const dataset = inboxDataset(pipe)
  if (!append) await store.commit({ reset: [dataset] })
  let number = (await store.store.info(dataset))?.lastUpdated ?? 0
  let count = 0
  let batch: Entity[] = []
  const write = async () => {
    await store.commit({ datasets: [{ dataset, entities: batch, populated: true }] })
    count += batch.length
    batch = []
  }
  for (const { line, at } of linesOf(text)) {
    const entity = readLine(line, file, at)
    number++
    batch.push(typeof entity._id === 'string' ? entity : { ...entity, _id: `#${number}`, [WITHOUT_ID]: true })
    if (batch.length >= BATCH) await write()
  }
  if (batch.length > 0) await write()
  return count
}

function readLine(line: string, file: string, at: number): Entity {
  try {
    return readEntity(line)
  } catch (error) {
    throw error instanceof Fault ? new Fault(locate(error.problem, { file, line: at })) : error
  }
}

function* linesOf(text: string): Iterable<{ readonly line: string; readonly at: number }> {
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (let at = 1; from < text.length; at++) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? text.length : end).trim()
    if (line !== '') yield { line, at }
    if (end < 0) return
    from = end + 1
  }
}

/** What is in the inbox of a pipe; can be read again and again. */
export function inboxOf(store: IndexedStore, pipe: string): AsyncIterable<readonly Entity[]> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const batch of store.store.scan(inboxDataset(pipe), { live: true })) yield batch.map(asSupplied)
    },
  }
}

/** The entity without what the store has added. */
function asSupplied(stored: Entity): Entity {
  const { _updated: _u, _previous: _p, _hash: _h, _ts: _t, _deleted, ...entity } = stored
  if (_deleted === true) entity._deleted = true
  if (entity[WITHOUT_ID] !== true) return entity
  const { _id, [WITHOUT_ID]: _mark, ...others } = entity
  return others
}
