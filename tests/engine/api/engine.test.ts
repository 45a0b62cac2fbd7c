/** The engine as the page sees it, on a store in memory: windows of rows, previews, supplied data, tests, reset. */
import { describe, expect, it } from 'vitest'
import type { FilterHow } from '../../../engine-worker/api/filter.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { type TestEngine, testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

const people = [
  { _id: '1', name: 'Ada', age: 36 },
  { _id: '2', name: 'grace', age: 85 },
  { _id: '3', name: 'Alan' },
]
const rules = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } })
const files = {
  'pipes/people.conf.json': JSON.stringify({
    _id: 'people',
    type: 'pipe',
    source: { type: 'embedded', entities: people },
  }),
  'pipes/names.conf.json': JSON.stringify({
    _id: 'names',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'people' },
    transform: rules(['filter', ['is-not-null', '_S.age']], ['add', 'name', ['upper', '_S.name']]),
  }),
  'pipes/inbox.conf.json': JSON.stringify({ _id: 'inbox', type: 'pipe', source: { type: 'http_endpoint' } }),
  'pipes/out.conf.json': JSON.stringify({
    _id: 'out',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'names' },
    transform: rules(['copy', 'name']),
    sink: { type: 'json', system: 's', url: 'x' },
  }),
  'systems/s.conf.json': JSON.stringify({ _id: 's', type: 'system:url', url_pattern: 'https://x.example.com/%s' }),
  'expected/out.test.json': '{}',
  'expected/out.json': JSON.stringify([
    { _id: '1', name: 'ADA' },
    { _id: '2', name: 'Grace' },
  ]),
}

async function openEngine(
  fetch: typeof globalThis.fetch | null = null,
  more: Readonly<Record<string, string>> = {},
): Promise<{ engine: TestEngine; stores: Map<string, DatasetStore> }> {
  const stores = new Map<string, DatasetStore>()
  const around = environment()
  const engine = testEngine({
    environment: around,
    fetch,
    openStore: async (project) => {
      // A real store keeps its data on disk when it is closed.
      const store = stores.get(project) ?? Object.assign(memoryStore(around), { close: async () => undefined })
      stores.set(project, store)
      return store
    },
    deleteStore: async (project) => void stores.delete(project),
  })
  await engine.open({ project: 'p', files: { ...files, ...more } })
  return { engine, stores }
}

const ids = (rows: readonly string[]) => rows.map((row) => JSON.parse(row)._id)
const ignoreEvent = () => undefined

describe('the engine of the page', () => {
  it('gives windows of rows: searched, sorted, cut, with columns', async () => {
    const { engine } = await openEngine()
    await engine.run({ run: '1' }, ignoreEvent)
    const all = await engine.rows({ dataset: 'people', from: 0, count: 10 })
    expect(all.total).toBe(3)
    expect(all.columns).toEqual(expect.arrayContaining(['_id', 'name', 'age']))
    expect(ids((await engine.rows({ dataset: 'people', from: 1, count: 1 })).rows)).toEqual(['2'])
    expect(ids((await engine.rows({ dataset: 'people', from: 0, count: 10, search: 'GRACE' })).rows)).toEqual(['2'])
    const idsFound = async (how: FilterHow, property: string, value = '') =>
      ids((await engine.rows({ dataset: 'people', from: 0, count: 9, filters: [{ property, how, value }] })).rows)
    expect(await idsFound('is', 'name', 'ada')).toEqual(['1'])
    expect(await idsFound('is-not', 'name', 'Ada')).toEqual(['2', '3'])
    expect(await idsFound('contains', 'name', 'A')).toEqual(['1', '2', '3'])
    expect(await idsFound('greater', 'age', '40')).toEqual(['2'])
    expect(await idsFound('less', 'age', '100')).toEqual(['1', '2'])
    expect(await idsFound('missing', 'age')).toEqual(['3'])
    expect(await idsFound('present', 'age')).toEqual(['1', '2'])
    // Fields that the store adds are not searched; the hashes contain these characters.
    for (const search of 'abcdef0123456789_hash') {
      const { rows } = await engine.rows({ dataset: 'people', from: 0, count: 9, search })
      for (const row of rows)
        expect(row.replace(/"_(hash|ts|updated|previous)":[^,]*/g, '').toLowerCase()).toContain(search)
    }
    const rowsSortedBy = (by: string, descending: boolean) => ({
      dataset: 'people',
      from: 0,
      count: 10,
      sort: [{ by, descending }],
    })
    expect(ids((await engine.rows(rowsSortedBy('age', false))).rows)).toEqual(['1', '2', '3'])
    expect(ids((await engine.rows(rowsSortedBy('age', true))).rows)).toEqual(['2', '1', '3'])
    expect(await engine.rows({ dataset: 'nowhere', from: 0, count: 10 })).toEqual({ rows: [], total: 0, columns: [] })
  })

  it('shows deleted entities and all versions only when asked', async () => {
    const { engine } = await openEngine()
    await engine.run({ run: '1' }, ignoreEvent)
    const fewer = JSON.stringify({
      _id: 'people',
      type: 'pipe',
      source: { type: 'embedded', entities: [{ _id: '1', name: 'Ada L', age: 36 }] },
    })
    await engine.update({ files: { 'pipes/people.conf.json': fewer } })
    await engine.run({ run: '2' }, ignoreEvent)
    const total = async (more: object) => (await engine.rows({ dataset: 'people', from: 0, count: 10, ...more })).total
    expect(await total({})).toBe(1)
    expect(await total({ deleted: true })).toBe(3)
    expect(await total({ deleted: true, history: true })).toBe(6)
    expect((await engine.versions({ dataset: 'people', id: '1' })).map((text) => JSON.parse(text).name)).toEqual([
      'Ada L',
      'Ada',
    ])
  })

  it('runs a pipe anew whose rules were changed', async () => {
    const { engine } = await openEngine()
    await engine.run({ run: '1' }, ignoreEvent)
    const changed = files['pipes/names.conf.json'].replace('upper', 'lower')
    await engine.update({ files: { 'pipes/names.conf.json': changed } })
    const result = await engine.run({ run: '2', pipes: ['names'] }, ignoreEvent)
    expect(result.pipes[0]).toMatchObject({ read: 3, written: 2, filtered: 1 })
  })

  it('previews each stage and writes nothing', async () => {
    const { engine } = await openEngine()
    await engine.run({ run: '1', pipes: ['people'] }, ignoreEvent)
    const before = await engine.datasets()
    const preview = await engine.preview({ pipe: files['pipes/names.conf.json'], limit: 10, trace: true, entity: '2' })
    expect(preview.stages.map(({ stage, total, filtered }) => [stage, total, filtered])).toEqual([
      ['source', 3, 0],
      ['transform/0', 2, 1],
      ['sink', 2, 0],
    ])
    const step = preview.trace.find(({ path }) => path === 'transform/rules/default/1/2')
    expect(step).toMatchObject({ value: '"GRACE"', times: 1 })
    expect(await engine.datasets()).toEqual(before)
  })

  it('goes on with entities that were pinned behind a stage, beside and in the place of its own', async () => {
    const { engine } = await openEngine()
    await engine.run({ run: '1', pipes: ['people'] }, ignoreEvent)
    const pipe = JSON.stringify({
      _id: 'chain',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'people' },
      transform: [
        rules(['filter', ['is-not-null', '_S.age']], ['copy', '*']),
        rules(['add', 'name', ['upper', '_S.name']]),
      ],
    })
    const pins = { 'transform/0': ['{"_id": "2", "name": "edited"}', '{"_id": "9", "name": "new"}'] }
    const { stages, trace } = await engine.preview({ pipe, limit: 10, trace: true, entity: '2', pins })
    expect(stages.map(({ stage, total, pinned }) => [stage, total, pinned])).toEqual([
      ['source', 3, undefined],
      ['transform/0', 3, 2],
      ['transform/1', 3, undefined],
      ['sink', 3, undefined],
    ])
    expect(stages.at(-1)?.entities.map((text) => JSON.parse(text).name)).toEqual(['ADA', 'EDITED', 'NEW'])
    expect(trace.find(({ path }) => path === 'transform/1/rules/default/0/2')?.value).toBe('"EDITED"')
    const source = await engine.preview({ pipe, limit: 10, pins: { source: ['{"_id": "3", "age": 1, "name": "x"}'] } })
    expect(source.stages.at(-1)?.entities.map((text) => JSON.parse(text).name)).toEqual(['ADA', 'GRACE', 'X'])
    const outside = JSON.stringify({
      _id: 'outside',
      type: 'pipe',
      source: { type: 'sql', system: 's', table: 't' },
      transform: rules(['copy', '*']),
    })
    expect((await engine.preview({ pipe: outside, limit: 1 })).stages).toEqual([])
    const given = await engine.preview({ pipe: outside, limit: 1, pins: { source: ['{"_id": "1"}'] } })
    expect(given.stages.map(({ total }) => total)).toEqual([1, 1, 1])
    const broken = await engine.preview({ pipe, limit: 1, pins: { source: ['{'] } })
    expect(broken.problems).toHaveLength(1)
  })

  it('previews with what services answered the last time, and never asks them', async () => {
    let asked = 0
    const fetch = async () => {
      asked++
      return Response.json([{ _id: '1', name: 'Ada' }])
    }
    const web = { _id: 'web', type: 'pipe', source: { type: 'json', system: 's', url: 'people' } }
    const call = { ...web, transform: { type: 'http', system: 's', url: 'same' } }
    const { engine } = await openEngine(fetch, { 'pipes/web.conf.json': JSON.stringify(web) })
    const previewed = async (pipe: object) => {
      const { stages, problems } = await engine.preview({ pipe: JSON.stringify(pipe), limit: 10 })
      return [stages.map(({ stage, total }) => [stage, total]), ...problems.map(({ code }) => code)]
    }
    expect(await previewed(web)).toEqual([[], 'no-network'])
    expect(asked).toBe(0)
    await engine.run({ run: '1', pipes: ['web'] }, ignoreEvent)
    expect(await previewed(web)).toEqual([
      [
        ['source', 1],
        ['sink', 1],
      ],
    ])
    expect((await previewed(call))[0]).toEqual([
      ['source', 1],
      ['transform/0', 0],
      ['sink', 0],
    ])
    expect(asked).toBe(1)
  })

  it('adds what is pushed to what was supplied before', async () => {
    const { engine } = await openEngine()
    await engine.supply({ pipe: 'inbox', name: 'first.json', text: '[{"_id": "a"}, {"_id": "b"}]' })
    expect(await engine.push({ pipe: 'inbox', text: '{"_id": "c"}' })).toMatchObject({ entities: 1, problems: [] })
    expect(await engine.push({ pipe: 'inbox', text: '[{"_id": "a", "n": 1}]' })).toMatchObject({ entities: 1 })
    await engine.run({ run: '1', pipes: ['inbox'] }, ignoreEvent)
    expect(ids((await engine.rows({ dataset: 'inbox', from: 0, count: 10 })).rows).sort()).toEqual(['a', 'b', 'c'])
    expect((await engine.push({ pipe: 'inbox', text: '{"_id": ' })).problems).toHaveLength(1)
    expect((await engine.rows({ dataset: 'inbox', from: 0, count: 10 })).total).toBe(3)
  })

  it('accepts only the pushes that the source’s validation_expression accepts', async () => {
    const key = "request_headers['X-Key'] == secret('hook')"
    const source = { type: 'http_endpoint', validation_expression: `{{ '' if ${key} else 'wrong key' }}` }
    const { engine } = await openEngine()
    const guarded = { 'pipes/guarded.conf.json': JSON.stringify({ _id: 'guarded', type: 'pipe', source }) }
    await engine.open({ project: 'guarded', files: guarded, secrets: { hook: 'open sesame' } })
    const push = async (headers: Record<string, string>) => {
      const { entities, problems } = await engine.push({ pipe: 'guarded', text: '{"_id": "1"}', request: { headers } })
      return [entities, ...problems.map(({ code, message }) => `${code}: ${message}`)]
    }
    expect(await push({ 'X-Key': 'open sesame' })).toEqual([1])
    expect(await push({ 'X-Key': 'other' })).toEqual([
      0,
      'push-refused: guarded does not accept the request: wrong key',
    ])
    await engine.run({ run: '1', pipes: ['guarded'] }, ignoreEvent)
    expect((await engine.rows({ dataset: 'guarded', from: 0, count: 10 })).total).toBe(1)
  })

  it('says why a pipe cannot be previewed', async () => {
    const { engine } = await openEngine()
    const bad = await engine.preview({ pipe: '{"_id": "x", "type": "pipe"', limit: 1 })
    expect(bad.problems[0]?.where.line).toBe(1)
    expect((await engine.preview({ pipe: '[]', limit: 1 })).problems[0]?.code).toBe('preview-not-a-pipe')
    const sql = JSON.stringify({ _id: 'x', type: 'pipe', source: { type: 'sql', system: 's', table: 't' } })
    const refused = await engine.preview({ pipe: sql, limit: 1 })
    expect(refused.notRunnable ?? refused.problems[0]).toBeTruthy()
  })

  it('takes supplied data, keeps it, and runs on it', async () => {
    const { engine } = await openEngine()
    const supplied = await engine.supply({ pipe: 'inbox', name: 'inbox.json', text: '[{"_id": "a"}, {"_id": "b"}]' })
    expect(supplied).toMatchObject({ entities: 2, problems: [] })
    await engine.open({ project: 'other', files: {} })
    await engine.open({ project: 'p', files })
    await engine.run({ run: '1', pipes: ['inbox'] }, ignoreEvent)
    expect((await engine.rows({ dataset: 'inbox', from: 0, count: 10 })).total).toBe(2)
  })

  it('makes tests of what comes out, as files that then pass', async () => {
    const { engine } = await openEngine()
    await engine.update({ files: { 'expected/out.test.json': null, 'expected/out.json': null } })
    const { files: made } = await engine.expected('missing')
    expect(made).toEqual({
      'expected/out.test.json': '{\n}\n',
      'expected/out.json':
        '[\n  {\n    "_id": "1",\n    "name": "ADA"\n  },\n  {\n    "_id": "2",\n    "name": "GRACE"\n  }\n]\n',
    })
    await engine.update({ files: made })
    expect((await engine.tests()).tests).toMatchObject([{ name: 'out', status: 'passed' }])
    // A test keeps its comparison settings when its expected output is updated.
    await engine.update({ files: { 'expected/out.test.json': '{"blacklist": ["name"]}' } })
    expect((await engine.expected(['out'])).files).toEqual({
      'expected/out.json': '[\n  {\n    "_id": "1"\n  },\n  {\n    "_id": "2"\n  }\n]\n',
    })
    expect((await engine.expected('missing')).files).toEqual({})
  })

  it('empties datasets, and the next run fills them again', async () => {
    const { engine } = await openEngine()
    await engine.run({ run: '1' }, ignoreEvent)
    await engine.reset({ datasets: ['names'] })
    expect((await engine.rows({ dataset: 'names', from: 0, count: 10 })).total).toBe(0)
    await engine.run({ run: '2' }, ignoreEvent)
    expect((await engine.rows({ dataset: 'names', from: 0, count: 10 })).total).toBe(2)
  })

  it('names every problem of the project', async () => {
    const { engine } = await openEngine()
    const { problems } = await engine.update({
      files: {
        'pipes/broken.conf.json': '{"_id": "broken",',
        'pipes/wrong.conf.json': JSON.stringify({
          _id: 'wrong',
          type: 'pipe',
          source: { type: 'dataset', dataset: 'people' },
          transform: rules(['add', 'x', ['no-such-function', 1]]),
        }),
      },
    })
    expect(problems.some(({ where }) => where.file === 'pipes/broken.conf.json')).toBe(true)
    const wrong = problems.find(({ where }) => where.pipe === 'wrong' && where.path?.includes('rules'))
    expect(wrong?.where.path?.slice(0, 6)).toEqual(['transform', 'rules', 'default', 0, 2])
  })

  it('shows what an edit does to data, on supplied and embedded input, and touches nothing', async () => {
    const { engine, stores } = await openEngine()
    await engine.supply({ pipe: 'inbox', name: 'x.json', text: '[{"_id": "a"}]' })
    const edited = {
      'pipes/names.conf.json': JSON.stringify({
        _id: 'names',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'people' },
        transform: rules(['filter', ['gt', '_S.age', 40]], ['add', 'name', ['lower', '_S.name']]),
      }),
      'pipes/inbox.conf.json': null,
      'pipes/new.conf.json': JSON.stringify({
        _id: 'new',
        type: 'pipe',
        source: { type: 'embedded', entities: [{ _id: 'n' }] },
      }),
      'pipes/broken.conf.json': JSON.stringify({
        _id: 'broken',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'people' },
        transform: rules(['nonsense']),
      }),
    }
    await engine.update({ files: edited })
    const { groups, sampled, pipes, same } = await engine.effect(files)
    const found = groups.map(({ edits, pipes: changed }) => [
      edits.map(({ kind, name }) => `${kind} ${name}`).join(),
      ...changed.map(({ pipe, added, changed: other, removed, failed }) => {
        return `${pipe} +${added} ~${other} -${removed}${failed ? ` ${failed.code}` : ''}`
      }),
    ])
    expect(found).toEqual([
      ['pipe names', 'names +0 ~1 -1', 'out +0 ~1 -1'],
      ['pipe new', 'new +1 ~0 -0'],
      ['pipe inbox', 'inbox +0 ~0 -1'],
      ['pipe broken', 'broken +0 ~0 -0 dtl-unknown-function'],
    ])
    expect([pipes, same]).toEqual([6, 3])
    const out = groups[0]?.pipes.find(({ pipe }) => pipe === 'out')
    expect(
      out?.entities.map(({ id, before, after }) => [id, before && JSON.parse(before), after && JSON.parse(after)]),
    ).toEqual([
      ['2', { _id: '2', name: 'GRACE' }, { _id: '2', name: 'grace' }],
      ['1', { _id: '1', name: 'ADA' }, null],
    ])
    expect(sampled).toEqual([])
    expect(await stores.get('p')?.list()).toEqual([])
  })

  it('calls an effect what differs in a digit, in a type or inside', async () => {
    const { engine } = await openEngine()
    const pipe = (text: string) => ({
      'pipes/people.conf.json': `{"_id":"people","type":"pipe","source":{"type":"embedded","entities":[${text}]}}`,
    })
    const before = '{"_id":"a","n":90071992547409931},{"_id":"b","n":1},{"_id":"c","in":{"_x":1}},{"_id":"d","n":2}'
    const after = '{"_id":"a","n":90071992547409932},{"_id":"b","n":1.0},{"_id":"c","in":{"_x":2}},{"n":2,"_id":"d"}'
    await engine.update({ files: pipe(after) })
    const { groups } = await engine.effect({ ...files, ...pipe(before) })
    const people = groups.flatMap(({ pipes }) => pipes).find((each) => each.pipe === 'people')
    expect(people?.entities.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(people?.entities[0]?.after).toContain('90071992547409932')
  })

  it('gives the catalogue as plain data', async () => {
    const { engine } = await openEngine()
    const catalogue = await engine.catalogue()
    expect(catalogue.functions.length).toBeGreaterThan(150)
    expect(catalogue.kinds.length).toBeGreaterThan(30)
    expect(structuredClone(catalogue)).toBeTruthy()
  })

  it('forgets a project that is destroyed', async () => {
    const { engine, stores } = await openEngine()
    await engine.destroy('p')
    expect(stores.size).toBe(0)
    await expect(engine.rows({ dataset: 'people', from: 0, count: 1 })).rejects.toThrow('No project is open')
  })
})
