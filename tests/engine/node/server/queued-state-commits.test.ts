/** States whose writing is not awaited: written soon and together, the latest of each key, and all before closing. */
import { expect, it } from 'vitest'
import { QueuedStateCommits } from '../../../../engine-worker/node/server/queued-state-commits.ts'
import type { StateWrite } from '../../../../engine-worker/storage/store.ts'

it('commits together what comes meanwhile, and says what fails', async () => {
  const commits: (readonly StateWrite[])[] = []
  const said: string[] = []
  let fails = false
  const later = new QueuedStateCommits(
    async (states) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (fails) throw new Error('disk full')
      commits.push(states)
    },
    (words) => said.push(words),
  )
  for (let n = 0; n < 100; n++) later.add([{ key: `k${n % 3}`, value: n }])
  await later.done()
  expect(commits).toEqual([
    [{ key: 'k0', value: 0 }],
    [
      { key: 'k1', value: 97 },
      { key: 'k2', value: 98 },
      { key: 'k0', value: 99 },
    ],
  ])
  later.add([])
  await later.done()
  fails = true
  later.add([
    { key: 'x', value: 1 },
    { key: 'y', value: 1 },
  ])
  await later.done()
  expect(said).toEqual(['disk full', 'disk full'])
  fails = false
  later.add([{ key: 'x', value: 2 }])
  await later.done()
  expect(commits.at(-1)).toEqual([
    { key: 'x', value: 2 },
    { key: 'y', value: 1 },
  ])
})
