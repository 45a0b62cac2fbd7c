/**
 * Law: after any history, restoring a backup gives the data of the time when it was made, and later runs continue from
 * there.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { backUpJournal, restoreJournal } from '../../../../engine-worker/node/server/backups.ts'
import { fileSegments } from '../../../../engine-worker/node/storage/file-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'

const LAWS = Number(process.env.LAWS ?? 40)

const dataset = fc.constantFrom('a', 'b', 'c')
const entity = fc.record({ _id: fc.constantFrom('1', '2', '3', '4'), v: fc.nat(3), _deleted: fc.boolean() })
const stepArbitrary = fc.oneof(
  fc.record({ is: fc.constant('write' as const), dataset, entities: fc.array(entity, { maxLength: 6 }) }),
  fc.record({ is: fc.constant('state' as const), key: fc.constantFrom('k/1', 'k/2'), value: fc.option(fc.nat(5)) }),
  fc.record({ is: fc.constant('reset' as const), dataset }),
  fc.record({ is: fc.constant('compact' as const), dataset }),
  fc.record({ is: fc.constant('remove' as const), dataset }),
)
type Step = typeof stepArbitrary extends fc.Arbitrary<infer S> ? S : never

async function applySteps(store: DatasetStore, steps: readonly Step[]): Promise<void> {
  for (const one of steps) {
    if (one.is === 'state') await store.commit({ states: [{ key: one.key, value: one.value }] })
    else if (one.is === 'reset') await store.commit({ reset: [one.dataset] })
    else if (one.is === 'remove') await store.commit({ remove: [one.dataset] })
    else if (one.is === 'compact') await store.compact(one.dataset, { keepVersions: 1, consumedUpTo: 1_000_000 })
    else {
      // At most one version of an entity a commit, as pumps write.
      const entities = [...new Map(one.entities.map((each) => [each._id, each])).values()]
      await store.commit({ datasets: [{ dataset: one.dataset, entities, populated: true }] })
    }
  }
}

/** All that readers can see, without the times of writing. */
async function contentOf(store: DatasetStore): Promise<unknown> {
  const datasets = []
  for (const { meta, ...info } of (await store.list()).toSorted((x, y) => (x.name < y.name ? -1 : 1))) {
    const { restore: _, ...others } = meta
    const entities = []
    for await (const batch of store.scan(info.name)) entities.push(...batch.map(({ _ts, ...each }) => ({ ...each })))
    datasets.push({ ...info, meta: others, entities })
  }
  const states = []
  for await (const state of store.states('')) states.push(state)
  return { datasets, states }
}

it('restore ∘ backup is the identity, and what follows is the same', { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-backup-law-'))
  let n = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(stepArbitrary, { maxLength: 12 }),
      fc.array(stepArbitrary, { maxLength: 8 }),
      fc.array(stepArbitrary, { maxLength: 6 }),
      async (before, lost, after) => {
        const target = join(folder, `store-${++n}`)
        const openTarget = () => openSegmentStore(fileSegments(target), { project: 'p', environment: machine })
        const first = await openTarget()
        await applySteps(first, before)
        const then = await contentOf(first)
        const { id } = await backUpJournal(target, join(folder, `backups-${n}`), 1_800_000_000_000)
        await applySteps(first, lost)
        await first.close()
        await restoreJournal(join(folder, `backups-${n}`), id, target, machine)
        const second = await openTarget()
        expect(await contentOf(second)).toEqual(then)
        for (const { lastUpdated, meta } of await second.list())
          expect(meta.restore).toMatchObject({ offset: lastUpdated, uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) })
        // Runs after a restore give the same as runs after the backup.
        await applySteps(second, after)
        const other = join(folder, `other-${n}`)
        const third = await openSegmentStore(fileSegments(other), { project: 'p', environment: machine })
        await applySteps(third, [...before, ...after])
        expect(withoutBytes(await contentOf(second))).toEqual(withoutBytes(await contentOf(third)))
        await second.close()
        await third.close()
      },
    ),
    { numRuns: LAWS },
  )
  rmSync(folder, { recursive: true, force: true })
})

/** The size of the log depends on the time of writing. */
function withoutBytes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, each) => (name === 'bytes' ? undefined : each)))
}
