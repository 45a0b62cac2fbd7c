/** `search` after a run of a project and in a store gives the same answer. */
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

test('filters by property narrow a search, after a run and in a store', async () => {
  const entities = [
    { _id: '1', email: 'ada@example.org', amount: 900, city: 'Oslo' },
    { _id: '2', email: 'ada@work.example', amount: 1500, city: 'Bergen' },
    { _id: '3', amount: 2000, city: 'Oslo' },
  ]
  const pipe = { _id: 'orders', type: 'pipe', source: { type: 'embedded', entities } }
  const [project, store] = [join(folder, 'q'), join(folder, 'qstore')]
  mkdirSync(join(project, 'pipes'), { recursive: true })
  writeFileSync(join(project, 'pipes', 'orders.conf.json'), JSON.stringify(pipe))
  await runCommand.run([project, '--store', store], { out: () => {}, say: () => {} })
  const ids = async (query: string) => {
    // After `--`, an argument with a hyphen is not an option.
    const found = await search('--json', '--', project, query)
    expect(await search('--json', '--store', store, '--', project, query)).toEqual(found)
    return found.hits.map(({ id }: { id: string }) => id).sort()
  }
  expect(await ids('@email:ada*')).toEqual(['1', '2'])
  expect(await ids('@amount>1000')).toEqual(['2', '3'])
  expect(await ids('oslo @amount>1000')).toEqual(['3'])
  expect(await ids('-@email')).toEqual(['3'])
  expect(await ids('@email @city=bergen')).toEqual(['2'])
  expect(await ids('@nothing')).toEqual([])
})
