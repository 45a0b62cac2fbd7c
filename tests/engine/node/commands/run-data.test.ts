/** `run` on files that are read and written piece by piece. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openProject } from '../../../../engine-worker/node/commands/project-run.ts'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { UsageError } from '../../../../engine-worker/node/commands/usage-error.ts'
import { openDataFile } from '../../../../engine-worker/node/data-file.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function folderOf(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

async function callRun(...args: string[]) {
  const out: string[] = []
  const words: string[] = []
  const io = { out: (text: string) => void out.push(text), say: (text: string) => void words.push(text) }
  const code = await runCommand.run(args, io)
  return { code, out: out.join(''), words: words.join('\n') }
}

const system = { _id: 's', type: 'system:url', url_pattern: 'http://127.0.0.1:1/%s' }
const rules = {
  default: [
    ['copy', '*'],
    ['add', 'twice', ['*', 2, ['integer', '_S.n']]],
  ],
}
const pipe = (id: string, more: object) => ({
  _id: id,
  type: 'pipe',
  source: { type: 'json', system: 's', url: 'x' },
  transform: { type: 'dtl', rules },
  ...more,
})
const project = (...pipes: object[]) => folderOf({ 'all.conf.json': [system, ...pipes] })
const lines = (count: number, text = '') =>
  Array.from({ length: count }, (_, n) => `{"_id":"e${n}","n":${n},"t":"${text}"}\n`).join('')
const sinks = {
  json: { type: 'json', system: 's', url: 'y' },
  http: { type: 'http_endpoint' },
  csv: { type: 'csv_endpoint', columns: ['_id', 'twice'], filename: 'out.csv', encoding: 'utf-16' },
  dataset: { type: 'dataset', dataset: 'd' },
}

describe('run', () => {
  test('writes the same bytes for data that is read piece by piece as for test data of the project', async () => {
    const pipes = Object.entries(sinks).map(([id, sink]) => pipe(id, { sink }))
    const data = folderOf({ 'data.ndjson': lines(5000) })
    const whole = folderOf({
      'all.conf.json': [system, ...pipes],
      ...Object.fromEntries(Object.keys(sinks).map((id) => [`testdata/${id}.ndjson`, lines(5000)])),
    })
    const [streamed, kept] = [folderOf(), folderOf()]
    const given = Object.keys(sinks).flatMap((id) => ['--data', `${id}=${join(data, 'data.ndjson')}`])
    const first = await callRun(project(...pipes), ...given, '--out', streamed)
    expect(first).toEqual(await callRun(whole, '--out', kept))
    expect(first.code).toBe(0)
    for (const file of ['outputs/json.json', 'outputs/http.json', 'outputs/csv.csv']) {
      expect(readFileSync(join(streamed, file)).equals(readFileSync(join(kept, file)))).toBe(true)
    }
    const entities = (folder: string) =>
      JSON.parse(readFileSync(join(folder, 'datasets/d.json'), 'utf8')).map(
        ({ _ts, ...entity }: { _ts: number }) => entity,
      )
    expect(entities(streamed)).toEqual(entities(kept))
    expect(entities(streamed)).toHaveLength(5000)
  })

  test('writes the entities of a pipe, one a line, in the place of its sink', async () => {
    const data = folderOf({ 'data.csv': 'id,n\n1,10\n2,20\n' })
    const source = { type: 'csv', system: 's', url: 'x', primary_key: 'id' }
    const out = join(folderOf(), 'out.ndjson')
    const given = ['--data', `p=${join(data, 'data.csv')}`, '--output', `p=${out}`]
    expect((await callRun(project(pipe('p', { source })), ...given)).code).toBe(0)
    expect(readFileSync(out, 'utf8')).toBe(
      '{"_id":"1","id":"1","n":"10","twice":20}\n{"_id":"2","id":"2","n":"20","twice":40}\n',
    )
  })

  test('reads large files of the project, for a source by its name and by its address', async () => {
    const text = lines(20_000, 'x'.repeat(200))
    expect(text.length).toBeGreaterThan(4_000_000)
    const folder = folderOf({
      'all.conf.json': [system, pipe('p', {}), pipe('q', { source: { type: 'json', system: 's', url: 'big.ndjson' } })],
      'testdata/p.ndjson': text,
      'testdata/nobody.ndjson': text,
      'data/big.ndjson': text,
    })
    const { out, words } = await callRun(folder)
    expect(out).toBe('done p read 20000, written 20000, deleted 0\ndone q read 20000, written 20000, deleted 0\n')
    expect(words).toContain('there is no pipe nobody')
  })

  test('says where a file cannot be read, and leaves no half output', async () => {
    const data = folderOf({ 'data.ndjson': `${lines(3000)}{"_id": }\n` })
    const out = join(folderOf(), 'out.ndjson')
    const { code, out: said } = await callRun(
      project(pipe('p', {})),
      '--data',
      `p=${join(data, 'data.ndjson')}`,
      '--output',
      `p=${out}`,
      '--json',
    )
    expect(code).toBe(1)
    expect(JSON.parse(said).pipes[0].problems).toMatchObject([
      { code: 'json-broken', where: { file: join(data, 'data.ndjson'), line: 3001 } },
    ])
    expect(existsSync(out) ? readFileSync(out, 'utf8').split('\n').at(-1) : '').toBe('')
    expect(readdirSync(dirname(out)).filter((name) => name !== 'out.ndjson')).toEqual([])
  })

  test('reads and writes a large file as a small one, and says where it is broken', async () => {
    const text = lines(40_000, 'Bjørnstjerne–'.repeat(8))
    expect(Buffer.byteLength(text)).toBeGreaterThan(4_000_000)
    const out = join(folderOf(), 'out.ndjson')
    const path = join(folderOf({ 'data.ndjson': text }), 'data.ndjson')
    const given = [project(pipe('p', {})), '--data', `p=${path}`, '--output', `p=${out}`]
    expect((await callRun(...given)).code).toBe(0)
    const wanted = text.trim().split('\n')
    expect(readFileSync(out, 'utf8').trim().split('\n')).toEqual(
      wanted.map((line, n) => `${line.slice(0, -1)},"twice":${2 * n}}`),
    )
    writeFileSync(path, text.replace('{"_id":"e31999"', '{"_id":e31999'))
    expect(JSON.parse((await callRun(...given, '--json')).out).pipes[0].problems).toMatchObject([
      { code: 'json-broken', where: { file: path, line: 32_000 } },
    ])
    writeFileSync(path, Buffer.concat([Buffer.from(text), Buffer.from([0xff, 10])]))
    expect(JSON.parse((await callRun(...given, '--json')).out).pipes[0].problems).toMatchObject([
      { where: { file: path } },
    ])
  })

  test('keeps datasets on disk where there is much data, with the same content', async () => {
    const folder = project(pipe('p', {}), pipe('q', { source: { type: 'dataset', dataset: 'p' } }))
    const file = await openDataFile(join(folderOf({ 'data.ndjson': `${lines(3000)}${lines(10)}` }), 'data.ndjson'))
    const scratch = () => readdirSync(tmpdir()).filter((name) => name.startsWith('pipewright-run-'))
    const before = scratch()
    const contents: unknown[] = []
    for (const size of [file.size, 20_000_000]) {
      const { runner, pipes } = await openProject(folder, { data: new Map([['p', { ...file, size }]]) })
      await runner.run(
        pipes.map(({ runnable }) => runnable),
        { run: '1' },
      )
      const { store } = runner.store
      const content: unknown[] = []
      for (const { name, live, versions } of await store.list()) content.push([name, live, versions])
      for await (const batch of store.scan('q')) content.push(...batch.map(({ _ts, ...entity }) => entity))
      contents.push(content)
      expect(scratch()).toEqual(before)
      await store.close()
    }
    expect(contents[1]).toEqual(contents[0])
    expect(contents[0]).toHaveLength(3000 + 2 + 2)
  })

  test('names what is wrong with its arguments', async () => {
    const folder = project(pipe('p', {}), { _id: 'q', type: 'pipe', source: { type: 'dataset', dataset: 'p' } })
    const file = join(folderOf({ 'a.ndjson': '' }), 'a.ndjson')
    for (const args of [
      ['--data', 'p'],
      ['--data', `x=${file}`],
      ['--data', `p=${file}`, `p=${file}`],
      ['--output', `x=${file}`],
      ['--output', `p=${file}`],
    ]) {
      await expect(callRun(folder, ...args)).rejects.toThrow(UsageError)
    }
    await expect(callRun(folder, '--data', 'p=/nowhere/at-all')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('writes no file for a pipe that failed, and removes the one of an earlier run', async () => {
    const data = lines(5000)
    const folder = project(pipe('p', { sink: sinks.json }), pipe('q', { sink: sinks.http }))
    const [good, bad] = [folderOf({ 'd.ndjson': data }), folderOf({ 'd.ndjson': `${data}{"_id":` })]
    const out = folderOf()
    const runOn = (input: string) => {
      const file = join(input, 'd.ndjson')
      return callRun(folder, '--out', out, '--data', `p=${file}`, '--data', `q=${join(good, 'd.ndjson')}`)
    }
    expect((await runOn(good)).code).toBe(0)
    const whole = readdirSync(join(out, 'outputs')).sort()
    expect(whole).toHaveLength(2)
    const { code, out: said } = await runOn(bad)
    expect(code).toBe(1)
    expect(said).toContain('failed p read')
    expect(readdirSync(join(out, 'outputs'))).toEqual(whole.filter((name) => name.startsWith('q')))
  })

  test('says which rows and fields of CSV are lost', async () => {
    const csv = (id: string) => ({
      _id: id,
      type: 'pipe',
      source: { type: 'csv', system: 's', url: `${id}.csv`, primary_key: 'id' },
    })
    const folder = folderOf({
      'all.conf.json': [system, csv('twice'), csv('long'), csv('open'), csv('header'), csv('fine')],
      'twice.csv': 'id,n\r\n1,a\n1,b\r\n2,c',
      'long.csv': 'id,n\n1,a,b\n2,c,\n',
      'open.csv': 'id,n\n1,"a\n2,b\n',
      'header.csv': 'id,n,n\n1,a,b\n',
      'fine.csv': 'id\tn\n1\t"a\tb"\r2\tc\n',
    })
    const { code, out } = await callRun(folder)
    expect(code).toBe(0)
    const said = new Map(out.split(/^(?=done )/m).map((text) => [text.split(' ')[1], text]))
    expect(said.get('twice')).toContain('1 of 3 rows have the same id as a later row (the first is row 2)')
    expect(said.get('long')).toContain('1 row has more fields than there are columns (2); the first is row 2')
    expect(said.get('open')).toContain('A quote in row 2 is never closed')
    expect(said.get('header')).toContain('The header names n more than once')
    expect(said.get('fine')).toBe('done fine read 2, written 2, deleted 0\n')
  })
})
