/**
 * Entities supplied for a source in such numbers that one text would be too much: kept as a dataset (`system:inbox:<pipe>`)
 * and read from there in batches.
 *
 * What arrives counts from its end on: a file that replaces the entities goes to a staging dataset
 * (`system:inbox-staging:<pipe>`), which takes the inbox's place in one commit; entities that are added are withheld from
 * readers until the last of them is stored. Whatever stops it before that leaves the inbox as it was.
 */

import type { ReadOptions } from '../entity/json.ts'
import type { Entity } from '../entity/value.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import { readSupply, type SuppliedBatch } from '../storage/ingest/supply.ts'
import type { StateWrite } from '../storage/store.ts'
import { asGiven } from '../storage/write.ts'

const PREFIX = 'system:inbox:'
const STAGING_PREFIX = 'system:inbox-staging:'
/** Marks an entity that came without an `_id`. */
const WITHOUT_ID = '$inbox_without_id'

const ingestInterrupted = problem<{ pipe: string; file: string }>({
  code: 'ingest-interrupted',
  severity: 'warning',
  says: ({ pipe, file }) =>
    `Reading ${file} for ${pipe} was interrupted before its end. Nothing of it was kept; what was there before is unchanged.`,
  fix: () => 'Supply the file again.',
})

const inboxReplaced = problem<{ pipe: string }>({
  code: 'inbox-replaced-while-read',
  severity: 'error',
  says: ({ pipe }) => `The entities supplied for ${pipe} were replaced while the pipe was reading them.`,
  fix: () => 'Run the pipe again.',
})

/** The dataset of what was supplied for a pipe. */
export function inboxDataset(pipe: string): string {
  return PREFIX + pipe
}

/** The pipe of such a dataset, or null for any other dataset. */
export function inboxOwner(dataset: string): string | null {
  return dataset.startsWith(PREFIX) ? dataset.slice(PREFIX.length) : null
}

/** Whether a dataset holds what has arrived so far of a file that is still being read. */
export function isInboxStaging(dataset: string): boolean {
  return dataset.startsWith(STAGING_PREFIX)
}

/** What was taken in, and the rows that could not be read. */
export interface ReceiveResult {
  readonly entities: number
  /** The first hundred. */
  readonly problems: readonly Problem[]
  readonly skipped: number
}

export interface ReceiveOptions {
  /** Add to what is there; otherwise it is replaced. */
  readonly append: boolean
  readonly file: string
  /** Called with the number of entities stored so far. */
  readonly progress?: (entities: number) => void
  /** Written in the commit that makes the entities count. */
  readonly states?: readonly StateWrite[]
  /** Reads the numbers of JSON, as the source wants them. */
  readonly number?: ReadOptions['number']
}

/**
 * Takes in entities from a text that comes in pieces, a commit a batch, all of which count from the last commit on. Rows
 * that cannot be read are left out and named by file and line. Throws, with the inbox as it was before, when the text ends
 * too early or cannot be read further. Of one pipe, only one at a time.
 */
export async function receiveEntities(
  store: IndexedStore,
  pipe: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  options: ReceiveOptions,
): Promise<ReceiveResult> {
  const { append, file, states = [], number } = options
  const inbox = inboxDataset(pipe)
  const staging = STAGING_PREFIX + pipe
  const dataset = append ? inbox : staging
  const before = append ? await store.store.info(inbox) : null
  const batches = readSupply(chunks, { file, withoutId: true, ...(number ? { number } : {}) })
  const undo = append ? { rollback: [inbox] } : { remove: [staging] }
  const inboxMeta = (rows: number, reading: string | null) => ({ rows, reading })
  try {
    const rows = Math.max(Number(before?.meta.rows ?? 0), before?.lastUpdated ?? 0)
    await store.commit({ ...undo, datasets: [{ dataset, entities: [], populated: true, meta: inboxMeta(rows, file) }] })
    const received = await storeAll(store, { dataset, batches, pending: append, rows, options })
    const end = inboxMeta(rows + received.entities, null)
    await store.commit(
      append
        ? { release: [inbox], states, datasets: [{ dataset, entities: [], meta: end }] }
        : {
            replace: [{ dataset: inbox, by: staging }],
            states,
            datasets: [{ dataset: inbox, entities: [], meta: end }],
          },
    )
    return received
  } catch (error) {
    await store.commit(undo)
    throw error
  }
}

interface StoreAllOptions {
  readonly dataset: string
  readonly batches: AsyncIterable<SuppliedBatch>
  readonly pending: boolean
  /** How many rows the dataset has taken in its life. */
  readonly rows: number
  readonly options: ReceiveOptions
}

async function storeAll(store: IndexedStore, all: StoreAllOptions): Promise<ReceiveResult> {
  const { dataset, batches, pending } = all
  let [count, skipped] = [0, 0]
  const problems: Problem[] = []
  // One batch is stored while the next is read.
  let storing: Promise<unknown> = Promise.resolve()
  try {
    for await (const batch of batches) {
      const entities = batch.entities.map((entity) => {
        count++
        return typeof entity._id === 'string' ? entity : { ...entity, _id: `#${all.rows + count}`, [WITHOUT_ID]: true }
      })
      const stored = store.commit({ datasets: [{ dataset, entities, pending }] })
      stored.catch(() => undefined)
      await storing
      storing = stored
      skipped += batch.problems.length
      problems.push(...batch.problems.slice(0, Math.max(0, 100 - problems.length)))
      all.options.progress?.(count)
    }
  } finally {
    // What follows, also after an error, comes behind the last batch.
    await storing
  }
  return { entities: count, problems, skipped }
}

/** Removes what was left by takings-in that never came to their end, because the tab or the process ended. */
export async function discardInterrupted(store: IndexedStore): Promise<readonly Problem[]> {
  const found: Problem[] = []
  for (const { name, meta, pendingSince } of await store.store.list()) {
    const pipe = isInboxStaging(name) ? name.slice(STAGING_PREFIX.length) : inboxOwner(name)
    if (pipe === null || (!isInboxStaging(name) && typeof meta.reading !== 'string' && pendingSince === null)) continue
    const file = String(meta.reading ?? '')
    found.push(ingestInterrupted({ pipe, file }, { pipe, file }))
    if (isInboxStaging(name)) await store.commit({ remove: [name] })
    else await store.commit({ rollback: [name], datasets: [{ dataset: name, entities: [], meta: { reading: null } }] })
  }
  return found
}

/**
 * What is in the inbox of a pipe; can be read again and again. Throws a Fault when it was replaced before its end was read:
 * what was read by then is neither the old nor the new content.
 */
export function inboxOf(store: IndexedStore, pipe: string): AsyncIterable<readonly Entity[]> {
  const dataset = inboxDataset(pipe)
  return {
    async *[Symbol.asyncIterator]() {
      const before = await store.store.info(dataset)
      // Deletions are pushed, too.
      for await (const batch of store.store.scan(dataset)) yield batch.map(asSupplied)
      const after = await store.store.info(dataset)
      if (before?.generation !== after?.generation) throw new Fault(inboxReplaced({ pipe }, { pipe }))
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
