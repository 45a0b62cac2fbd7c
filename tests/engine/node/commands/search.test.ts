/** `search` of a project: after a run, and of what a store holds, with the same answer. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { searchCommand } from '../../../../engine-worker/node/commands/search.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function search(...args: string[]) {
  const out: string[] = []
  const io = { out: (text: string) => void out.push(text), say: () => {} }
  expect(await searchCommand.run(args, io)).toBe(0)
  const { total, hits, facets } = JSON.parse(out.join(''))
  return { total, hits, facets }
}

test('a store is searched by its kept index as a run is searched by a scan', async () => {
  const entities = Array.from({ length: 30 }, (_, at) => ({ _id: `${at}`, name: at % 3 === 0 ? 'Ada Berg' : 'Bo Ås' }))
  const pipe = { _id: 'people', type: 'pipe', source: { type: 'embedded', entities } }
  mkdirSync(join(folder, 'p', 'pipes'), { recursive: true })
  writeFileSync(join(folder, 'p', 'pipes', 'people.conf.json'), JSON.stringify(pipe))
  const [project, store] = [join(folder, 'p'), join(folder, 'store')]
  await runCommand.run([project, '--store', store], { out: () => {}, say: () => {} })
  const scanned = await search(project, 'ada + berg', '--json')
  expect(scanned.total).toBe(10)
  expect(scanned.hits[0]).toMatchObject({ dataset: 'people', id: '0' })
  expect(await search(project, 'ada + berg', '--json', '--store', store)).toEqual(scanned)
  // The second time the index is read from where it was kept.
  expect(await search(project, 'bo -ås', '--json', '--store', store)).toMatchObject({ total: 0 })
  expect(await search(project, 'ås', '--json', '--store', store)).toMatchObject({ total: 20 })
})
