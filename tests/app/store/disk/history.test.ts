/** Runs and kept versions: ordered by creation, and the newest are kept, even where the clock is wrong. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { openDisk } from '../../../../app/store/disk/disk.ts'
import { emptyProject } from '../../../../engine-worker/index.ts'

const YEAR = 365 * 86_400_000

function version(made: number, name = '') {
  return { project: 'p', name, automatic: name === '', made }
}

describe('kept versions', () => {
  it('make room by age of making, not by the clock', async () => {
    const disk = openDisk('versions by age')
    await disk.addVersion(version(0, 'by hand'), emptyProject)
    for (let n = 0; n < 6; n++) await disk.addVersion(version(YEAR + n), emptyProject)
    for (let n = 0; n < 6; n++) await disk.addVersion(version(n + 1), emptyProject)
    const rows = await disk.versions('p')
    const times = rows.map(({ made }) => made)
    expect(times).toEqual([6, 5, 4, 3, 2, 1, YEAR + 5, YEAR + 4, YEAR + 3, YEAR + 2, 0])
    for (const { project, id } of rows) expect(await disk.version(project, id)).toEqual(emptyProject)
  })

  it('of one project leave those of another alone', async () => {
    const disk = openDisk('versions of two')
    for (let n = 0; n < 12; n++) await disk.addVersion(version(n), emptyProject)
    await disk.addVersion({ ...version(0), project: 'other' }, emptyProject)
    expect(await disk.versions('p')).toHaveLength(10)
    expect(await disk.versions('other')).toHaveLength(1)
  })
})

describe('runs', () => {
  it('are the newest hundred, whatever the clock says', async () => {
    const disk = openDisk('runs by age')
    const result = { state: 'done' as const, rounds: 1, milliseconds: 1, pipes: [] }
    for (let n = 0; n < 103; n++) {
      const started = n < 60 ? YEAR + n : n
      await disk.addRun({ project: 'p', run: `r${n}`, started, result: { ...result, run: `r${n}` } })
    }
    const runs = await disk.runs('p')
    expect(runs).toHaveLength(100)
    expect(runs[0]?.run).toBe('r102')
    expect(runs.at(-1)?.run).toBe('r3')
  })
})
