/** Real projects and small ones, with the commands as a person calls them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { testCommand } from '../../../../engine-worker/node/commands/test.ts'
import { UsageError } from '../../../../engine-worker/node/commands/usage-error.ts'
import { validateCommand } from '../../../../engine-worker/node/commands/validate.ts'
import { noShared, projects } from '../../../shared.ts'
import { call, emptyFolder, folderWith } from '../../../support/command.ts'

const pipe = (id: string, source: object, more: object = {}) => ({ _id: id, type: 'pipe', source, ...more })
const data = (...entities: object[]) => ({ type: 'embedded', entities })

describe.skipIf(noShared)('published projects give their published outputs', () => {
  test.each([
    ['tutorial-globals', [], 1],
    ['haakonbull-simple', [], 1],
    ['sesam-py-embedded-conversion/before', [], 1],
    ['sesam-py-embedded-conversion/expected_after', [], 1],
    ['sesam-training-2019-02', [], 2],
    ['sesam-py-fair-weather', ['--whitelist', 'whitelist.txt'], 2],
  ])('%s', async (name, more, passed) => {
    const { code, out } = await call(testCommand, join(projects, name), ...more, '--json')
    const result = JSON.parse(out)
    expect(result.tests.flatMap((row: { differences: unknown[] }) => row.differences)).toEqual([])
    expect({ code, passed: result.passed, failed: result.failed }).toEqual({ code: 0, passed, failed: 0 })
  })
  test('all offline pipes of a project without expectations run', async () => {
    const out = emptyFolder()
    const { code } = await call(runCommand, join(projects, 'sesam-deployer-template'), '--out', out)
    expect(code).toBe(0)
    const customers = JSON.parse(readFileSync(join(out, 'datasets/kunde-ifs.json'), 'utf8'))
    expect(customers).toHaveLength(2)
  })
  test('pipes that need the network are named', async () => {
    const { code, out } = await call(runCommand, join(projects, 'sesam-learn-config'))
    expect(code).toBe(0)
    expect(out).toContain('not-runnable hubspot-company-collect')
    expect(out).toContain('testdata/hubspot-company-collect.json')
  })
})

describe('test', () => {
  const chain = {
    'pipes/in.conf.json': pipe('in', data({ _id: '1', a: 1 })),
    'pipes/out.conf.json': pipe('out', { type: 'dataset', dataset: 'in' }, { sink: { type: 'http_endpoint' } }),
    'expected/out.test.json': {},
    'expected/out.json': [{ _id: '1', a: 1 }],
  }
  test('rows of --json name spec and pipe, and say what differs', async () => {
    const folder = folderWith({ ...chain, 'expected/out.json': [{ _id: '1', a: 2 }] })
    const { code, out } = await call(testCommand, folder, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      tests: [
        {
          name: 'out',
          pipe: 'out',
          status: 'failed',
          differences: [{ _id: '1', says: 'a differs', actual: 1, expected: 2 }],
        },
      ],
      passed: 0,
      failed: 1,
    })
  })
  test('a pipe that fails fails the test, though no spec compares what it fills', async () => {
    const transform = { type: 'dtl', rules: { default: [['fail!', 'stopped on purpose']] } }
    const broken = { 'pipes/broken.conf.json': pipe('broken', data({ _id: '1' }), { transform }) }
    const { code, out, words } = await call(testCommand, folderWith({ ...chain, ...broken }))
    expect({ code, out }).toEqual({ code: 1, out: 'ok out\n1 passed, 0 failed\n' })
    expect(words).toContain('stopped on purpose')
  })
  test('every output pipe needs a spec, as soon as there is one at all', async () => {
    const other = {
      'pipes/other.conf.json': pipe(
        'other',
        { type: 'dataset', dataset: 'in' },
        { sink: { type: 'json', system: 's' } },
      ),
    }
    expect(await call(testCommand, folderWith({ ...chain, ...other }))).toMatchObject({ code: 1 })
    expect(
      await call(testCommand, folderWith({ 'pipes/in.conf.json': chain['pipes/in.conf.json'], ...other })),
    ).toMatchObject({ code: 0 })
  })
  test('input pipes are never verified, even with an outside sink', async () => {
    const input = {
      'pipes/push.conf.json': pipe('push', data({ _id: '1' }), { sink: { type: 'json', system: 's', url: 'x' } }),
    }
    expect(await call(testCommand, folderWith({ ...chain, ...input }))).toMatchObject({ code: 0 })
  })
  test('a spec of a pipe that is no output fails, and so does one of a broken pipe; the others still have their rows', async () => {
    const folder = folderWith({ ...chain, 'expected/in.test.json': {}, 'expected/in.json': [] })
    const { code, out } = await call(testCommand, folder, '--json')
    const { tests } = JSON.parse(out)
    expect({ code, rows: tests.map((row: { name: string; status: string }) => `${row.name} ${row.status}`) }).toEqual({
      code: 1,
      rows: ['in failed', 'out passed'],
    })
    const broken = { ...chain['pipes/out.conf.json'], transform: { type: 'dtl', rules: { default: [['nonsense']] } } }
    expect(await call(testCommand, folderWith({ ...chain, 'pipes/out.conf.json': broken }))).toMatchObject({ code: 1 })
  })
  test('a file that cannot be read fails the test, as it would stop the upload; the rows are there all the same', async () => {
    const { code, out } = await call(testCommand, folderWith({ ...chain, 'pipes/broken.conf.json': '{' }))
    expect({ code, out }).toEqual({ code: 1, out: 'ok out\n1 passed, 0 failed\n' })
  })
  test('missing expected output fails, an ignored spec is only reported', async () => {
    const { 'expected/out.json': _expected, ...without } = chain
    expect(await call(testCommand, folderWith(without))).toMatchObject({ code: 1 })
    const ignored = await call(
      testCommand,
      folderWith({ ...chain, 'expected/out.test.json': { ignore: true } }),
      '--json',
    )
    expect(ignored.code).toBe(0)
    expect(JSON.parse(ignored.out)).toMatchObject({
      tests: [{ status: 'ignored' }],
      problems: [{ code: 'expected-of-ignored-test' }],
    })
  })
  test('stages, several specs of one pipe, other file names, parameters', async () => {
    const folder = folderWith({
      ...chain,
      'node-metadata.conf.json': { _id: 'node', type: 'metadata', namespaced_identifiers: true },
      'pipes/out.conf.json': {
        ...chain['pipes/out.conf.json'],
        transform: {
          type: 'dtl',
          rules: {
            default: [
              ['copy', '*'],
              ['add', 'b', '_B.b'],
            ],
          },
        },
      },
      'expected/out.test.json': { stage: 'after-transforms', file: 'after.json' },
      'expected/after.json': [{ _id: 'in:1', 'in:a': 1, 'out:b': null }],
      'expected/sink.test.json': { pipe: 'out', parameters: { b: 'x' } },
      'expected/sink.json': [{ _id: '1', a: 1, b: 'x' }],
      'expected/source.test.json': { pipe: 'out', stage: 'source' },
      'expected/source.json': [{ _id: 'in:1', 'in:a': 1 }],
    })
    const { out } = await call(testCommand, folder, '--json')
    expect(JSON.parse(out)).toMatchObject({ passed: 3, failed: 0, tests: [{}, {}, {}] })
  })
  test('csv is compared byte for byte, xml by content', async () => {
    const xml = pipe(
      'x',
      { type: 'dataset', dataset: 'in' },
      {
        transform: { type: 'dtl', rules: { default: [['add', '<e>', ['dict', 'a', '_S.a']]] } },
        sink: { type: 'xml_endpoint', wrapper: 'w' },
      },
    )
    const folder = folderWith({
      'pipes/in.conf.json': chain['pipes/in.conf.json'],
      'pipes/c.conf.json': pipe(
        'c',
        { type: 'dataset', dataset: 'in' },
        { sink: { type: 'csv_endpoint', columns: ['_id', 'a'] } },
      ),
      'pipes/x.conf.json': xml,
      'expected/c.test.json': { endpoint: 'csv', file: 'c.csv' },
      'expected/c.csv': '_id,a\r\n1,1\r\n',
      'expected/x.test.json': { endpoint: 'xml', file: 'x.xml' },
      'expected/x.xml': '<w>\n  <e a="1"/>\n</w>',
    })
    const { out } = await call(testCommand, folder)
    expect(out).toContain('2 passed, 0 failed')
  })
  test('secrets have stand-ins, so that what was encrypted can be decrypted again, with its type', async () => {
    const dtl = (step: unknown) => ({ type: 'dtl', rules: { default: [['copy', '_id'], step] } })
    const folder = folderWith({
      'pipes/in.conf.json': pipe('in', data({ _id: '1', pin: 12 }), {
        transform: dtl(['add', 'e', ['encrypt', '$SECRET(key)', '_S.pin']]),
      }),
      'pipes/out.conf.json': pipe(
        'out',
        { type: 'dataset', dataset: 'in' },
        { transform: dtl(['add', 'd', ['decrypt', '$SECRET(key)', '_S.e']]), sink: { type: 'http_endpoint' } },
      ),
      'expected/out.test.json': {},
      'expected/out.json': [{ _id: '1', d: 12 }],
    })
    const { out, words } = await call(testCommand, folder)
    expect(out).toBe('ok out\n1 passed, 0 failed\n')
    expect(words).toContain('The secret key is not known here')
  })
  test('globals that read each other settle', async () => {
    const merge = (datasets: string[]) => ({
      type: 'merge',
      version: 2,
      datasets,
      equality: [['eq', 'a.k', 'b.k']],
      identity: 'first',
      strategy: 'compact',
    })
    const enrich = (from: string) => ({
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'seen', ['count', ['hops', { datasets: [`${from} o`], where: [['eq', '_S.k', 'o.k']] }]]],
        ],
      },
    })
    const folder = folderWith({
      'pipes/a.conf.json': pipe('a', data({ _id: 'a1', k: 1 }, { _id: 'a2', k: 2 })),
      'pipes/b.conf.json': pipe('b', { type: 'dataset', dataset: 'a' }, { transform: enrich('global') }),
      'pipes/global.conf.json': pipe('global', merge(['a a', 'b b'])),
      'pipes/out.conf.json': pipe('out', { type: 'dataset', dataset: 'b' }, { sink: { type: 'http_endpoint' } }),
      'expected/out.test.json': {},
      'expected/out.json': [
        { _id: 'a1', k: 1, seen: 1 },
        { _id: 'a2', k: 2, seen: 1 },
      ],
    })
    const { out } = await call(testCommand, folder)
    expect(out).toBe('ok out\n1 passed, 0 failed\n')
  })
})

describe('run', () => {
  const folder = () =>
    folderWith({
      'pipes/in.conf.json': pipe('in', data({ _id: '1', a: 1 })),
      'pipes/send.conf.json': pipe(
        'send',
        { type: 'dataset', dataset: 'in' },
        { sink: { type: 'json', system: 's', url: 'x' } },
      ),
      'pipes/file.conf.json': pipe(
        'file',
        { type: 'dataset', dataset: 'in' },
        { sink: { type: 'csv_endpoint', columns: ['_id'] } },
      ),
      'systems/s.conf.json': { _id: 's', type: 'system:url', url_pattern: 'https://s/%s' },
    })
  test('writes datasets and the outputs of outside sinks', async () => {
    const out = emptyFolder()
    expect(await call(runCommand, folder(), '--out', out)).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(join(out, 'datasets/in.json'), 'utf8'))).toMatchObject([{ _id: '1', a: 1 }])
    expect(JSON.parse(readFileSync(join(out, 'outputs/send.json'), 'utf8'))).toMatchObject([
      { method: 'POST', url: 'https://s/x' },
    ])
    expect(readFileSync(join(out, 'outputs/file.csv'), 'utf8')).toBe('_id\r\n1\r\n')
  })
  test('runs only the pipes that are named', async () => {
    const out = emptyFolder()
    await call(runCommand, folder(), '--out', out, '--pipe', 'in')
    expect([existsSync(join(out, 'datasets/in.json')), existsSync(join(out, 'outputs'))]).toEqual([true, false])
    await expect(call(runCommand, folder(), '--pipe', 'nobody')).rejects.toThrow(UsageError)
  })
  test('a pipe that fails gives exit code 1, the others still run', async () => {
    const broken = folderWith({
      'pipes/bad.conf.json': pipe('bad', data({ _id: '1' }), {
        transform: { type: 'dtl', rules: { default: [['fail!', 'no']] } },
      }),
      'pipes/good.conf.json': pipe('good', data({ _id: '1' })),
    })
    const { code, out } = await call(runCommand, broken)
    expect(code).toBe(1)
    expect(out).toContain('failed bad')
    expect(out).toContain('done good read 1, written 1')
  })
})

test('a dataset whose name has a space is read', async () => {
  const files = {
    'pipes/one.conf.json': pipe('a b', data({ _id: '1' })),
    'pipes/two.conf.json': pipe('reader', { type: 'dataset', dataset: 'a b' }),
    'pipes/three.conf.json': pipe('both', { type: 'union_datasets', datasets: ['a b', 'reader'], prefix_ids: false }),
  }
  const { code, out } = await call(runCommand, folderWith(files))
  expect(code).toBe(0)
  expect(out).toContain('done reader read 1, written 1')
  expect(out).toContain('done both read 2')
})

describe('validate', () => {
  const problems = async (files: Readonly<Record<string, unknown>>) => {
    const { code, out } = await call(validateCommand, folderWith(files), '--json')
    const found: { code: string; where: { file?: string; path?: unknown[] } }[] = JSON.parse(out).problems
    return {
      code,
      found: found.map((each) => `${each.code} ${each.where.file ?? ''} ${each.where.path?.join('/') ?? ''}`.trim()),
    }
  }
  test('what is broken is located, the rest stays usable', async () => {
    const files = {
      'pipes/a.conf.json': '{"_id": "a", oops}',
      'pipes/b.conf.json': pipe('b', { type: 'datset', dataset: 'c' }),
      'pipes/c.conf.json': { _id: 'c', type: 'pipe', source: [] },
      'pipes/d.conf.json': pipe(
        'd',
        { type: 'dataset', dataset: 'bb', subsett: 1 },
        { batch_size: 'x', pump: { mode: 'never' } },
      ),
      'pipes/e.conf.json': pipe(
        'e',
        { type: 'json', system: 'no', url: 'x' },
        { transform: { type: 'dtl', rules: { default: [['ad', 'x', 1]] } } },
      ),
    }
    const { code, found } = await problems(files)
    expect(code).toBe(1)
    expect(found).toEqual(
      expect.arrayContaining([
        'json-broken pipes/a.conf.json',
        'unknown-type pipes/b.conf.json source/type',
        'part-not-an-object pipes/c.conf.json source',
        'unknown-dataset pipes/d.conf.json source/dataset',
        'unknown-key pipes/d.conf.json source/subsett',
        'wrong-type pipes/d.conf.json batch_size',
        'unknown-choice pipes/d.conf.json pump/mode',
        'unknown-system pipes/e.conf.json source/system',
      ]),
    )
    expect(found.filter((each) => each.includes('pipes/e.conf.json transform/rules/default/0'))).not.toEqual([])
  })
  test('operations and merge rules are checked against what is there', async () => {
    const { found } = await problems({
      'pipes/r.conf.json': pipe('r', { type: 'rest', system: 's', operation: 'gte' }),
      'pipes/m.conf.json': pipe('m', {
        type: 'merge',
        version: 2,
        datasets: ['r a'],
        equality: [['eq', 'b.x', 'a.x']],
      }),
      'systems/s.conf.json': {
        _id: 's',
        type: 'system:rest',
        url_pattern: 'https://s/%s',
        operations: { get: { url: 'x', method: 'GET' } },
      },
    })
    expect(found.sort()).toEqual([
      'merge-side-without-dataset pipes/m.conf.json source/equality/0/1',
      'unknown-operation pipes/r.conf.json source/operation',
    ])
  })
  test('a clean project has nothing to say', async () => {
    expect(await problems({ 'pipes/a.conf.json': pipe('a', data({ _id: '1' })) })).toEqual({ code: 0, found: [] })
  })
})

test('wrong usage is said', async () => {
  await expect(call(validateCommand)).rejects.toThrow(UsageError)
  await expect(call(runCommand, '/nowhere/at/all')).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(call(testCommand, 'x', '--unknown')).rejects.toThrow(UsageError)
})

test('test --coverage says which rules and steps no entity reaches', async () => {
  const rules = {
    default: [
      ['add', '_id', '_S._id'],
      [
        'if',
        ['eq', '_S.kind', 'a'],
        ['add', 'x', 1],
        [
          ['add', 'y', 2],
          ['if', true, ['add', 'z', 3]],
        ],
      ],
      ['case', ['eq', '_S.kind', 'a'], ['add', 'child', ['apply', 'used', '_S.']], [['add', 'never', 1]]],
      ['filter', ['eq', '_S.kind', 'c']],
      ['add', 'after', 1],
    ],
    used: ['add', 'one', 1],
    unused: [
      ['add', 'two', 2],
      ['add', 'three', 3],
    ],
  }
  const folder = folderWith({
    'pipes/p.conf.json': pipe('p', data({ _id: '1', kind: 'a' }), { transform: { type: 'dtl', rules } }),
  })
  const { out } = await call(testCommand, folder, '--coverage', '--json')
  const { coverage } = JSON.parse(out)
  const places = coverage.missed.map(({ where }: { where: { path: unknown[] } }) => where.path.slice(2).join('/'))
  expect(places).toEqual(['default/1/3/0', 'default/1/3/1', 'default/2/3/0', 'default/4', 'unused'])
  expect([coverage.steps, coverage.reached]).toEqual([14, 7])
  expect((await call(testCommand, folder, '--coverage')).out).toContain('7 of 14 steps reached')
})

describe('what goes wrong in a run is not passed over', () => {
  const fine = {
    'pipes/in.conf.json': pipe('in', data({ _id: '1', a: 1 })),
    'pipes/out.conf.json': pipe('out', { type: 'dataset', dataset: 'in' }, { sink: { type: 'http_endpoint' } }),
    'expected/out.test.json': {},
    'expected/out.json': [{ _id: '1', a: 1 }],
  }
  test('test fails when a pipe fails, although every expected output comes out', async () => {
    const rules = { default: ['fail!', 'on purpose'] }
    const broken = pipe('broken', { type: 'dataset', dataset: 'in' }, { transform: { type: 'dtl', rules } })
    const { code, out } = await call(testCommand, folderWith({ ...fine, 'pipes/broken.conf.json': broken }), '--json')
    expect([code, JSON.parse(out).passed, JSON.parse(out).failed]).toEqual([1, 1, 0])
    expect(JSON.parse(out).problems.map((each: { code: string }) => each.code)).toContain('tested-pipe-failed')
  })
  test('test fails when entities are lost for want of an _id, and when two components have one name', async () => {
    const files = {
      'pipes/in.conf.json': pipe('in', data({ _id: '1' })),
      'pipes/out.conf.json': pipe('out', { type: 'dataset', dataset: 'in' }, { sink: { type: 'http_endpoint' } }),
      'expected/out.test.json': {},
      'expected/out.json': [{ _id: '1' }],
    }
    expect((await call(testCommand, folderWith(files))).code).toBe(0)
    const inbox = {
      'pipes/h.conf.json': pipe('h', { type: 'http_endpoint' }),
      'testdata/h.json': [{ _id: '1' }, { x: 1 }],
    }
    const lost = await call(testCommand, folderWith({ ...files, ...inbox }))
    expect([lost.code, lost.words]).toEqual([1, expect.stringContaining('An entity for the dataset h has no _id.')])
    const twice = await call(testCommand, folderWith({ ...files, 'pipes/again.conf.json': pipe('in', data()) }))
    expect([twice.code, twice.words]).toEqual([
      1,
      expect.stringContaining('There is another component with the _id in'),
    ])
  })

  test('run fails when rows are left out, and names test data that nothing reads', async () => {
    const inbox = { 'pipes/box.conf.json': pipe('box', { type: 'http_endpoint' }), 'testdata/box.json': [{ a: 1 }] }
    expect(await call(runCommand, folderWith({ ...fine, ...inbox }))).toMatchObject({ code: 1 })
    const other = await call(runCommand, folderWith({ ...fine, 'testdata/inn.json': [] }))
    expect(other.code).toBe(0)
    expect(other.words).toContain('there is no pipe inn. Did you mean in?')
  })
  test('a whitelist leaves out the test data of the pipes that it leaves out', async () => {
    const box = { 'pipes/box.conf.json': pipe('box', { type: 'http_endpoint' }), 'testdata/box.json': [{ _id: 'a' }] }
    const list = 'pipes/in.conf.json\npipes/out.conf.json\n'
    const folder = folderWith({ ...fine, ...box, 'list.txt': list })
    const { code, words } = await call(testCommand, folder, '--whitelist', 'list.txt')
    expect([code, words]).toEqual([0, ''])
  })
})
