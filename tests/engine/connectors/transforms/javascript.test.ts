/** Programs of transforms: their input and output, and that a hostile one is stopped with a clear message. */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { nodeSandbox } from '../../../../engine-worker/node/sandbox.ts'
import { embedded, opened, output } from '../open.ts'

/** A time limit so long that another limit is reached first, also on a busy machine. */
const milliseconds = 60_000

/** The output of a program for these entities. */
function runCode(code: string, entities: readonly Json[] = [{ _id: 'a' }], more: JsonObject = {}) {
  const transform = { type: 'javascript', code, milliseconds, ...more }
  return output({ pipe: { source: embedded(...entities), transform }, sandbox: nodeSandbox })
}

/** The problem of a program at its first entity. */
async function problemOf(code: string, more: JsonObject = {}) {
  const transform = { type: 'javascript', code, milliseconds, ...more }
  const { stages } = opened({ pipe: { source: embedded(), transform }, sandbox: nodeSandbox })
  const context = { at: () => undefined, pause: async () => undefined } as never
  const [outcome] = (await stages[0]?.transform([{ _id: 'a' }], context)) ?? []
  return outcome?.problem
}

test('gets an entity as transit JSON and gives another one; exact values stay', async () => {
  const code = `
    const double = (text) => text + text
    function transform(entity) {
      return { ...entity, name: double(entity.name), seen: Object.keys(entity).length }
    }`
  const { entities, problems } = await runCode(code, [
    {
      _id: 'a',
      name: 'æ',
      at: '~t2020-01-02T00:00:00.123456789Z',
      price: '~f12345678901234567890.1234567890',
      id: '~:x:y',
    },
  ])
  expect(problems).toEqual([])
  expect(entities).toEqual([
    {
      _id: 'a',
      name: 'ææ',
      seen: 5,
      at: '~t2020-01-02T00:00:00.123456789Z',
      price: '~f12345678901234567890.1234567890',
      id: '~:x:y',
    },
  ])
})

test('gives several, none, or one without its _id', async () => {
  const code = `function transform({ _id, n }) {
    return n === 0 ? null : n === 1 ? { n } : [{ _id, n }, { _id: _id + '-more', n }]
  }`
  const { entities } = await runCode(code, [
    { _id: 'a', n: 0 },
    { _id: 'b', n: 1 },
    { _id: 'c', n: 2 },
  ])
  // As for each transform, new entities come before the one that replaces the input.
  expect(entities).toEqual([
    { _id: 'b', n: 1 },
    { _id: 'c-more', n: 2 },
    { _id: 'c', n: 2 },
  ])
})

test('only entities that trigger it', async () => {
  const { entities } = await runCode('const transform = (e) => ({ ...e, x: 1 })', [{ _id: 'a', t: 1 }, { _id: 'b' }], {
    trigger_on: { key: 't', value: 1 },
  })
  expect(entities).toEqual([{ _id: 'a', t: 1, x: 1 }, { _id: 'b' }])
})

describe('what is wrong is said with its line', () => {
  test.each<[string, string, RegExp]>([
    ['no program', 'function transform(', /cannot be run/],
    ['another name', 'function convert() {}', /no function transform/],
    ['an error', '\nfunction transform(e) {\n  return e.name.first.last\n}', /in line 3 fails: cannot read property/],
    ['no entity', 'const transform = () => 7', /no entity: it is 7/],
    ['no _id', 'const transform = () => [{}, {}]', /no _id/],
    ['a promise', 'const transform = async (e) => e', /must not be async/],
    ['an error that is none', 'const transform = () => { throw null }', /fails/],
  ])('%s', async (_, code, wanted) => {
    const problem = await problemOf(code)
    expect(problem?.message).toMatch(wanted)
    expect(problem?.where.path).toEqual(['transform', 'code'])
  })
})

describe('a hostile program', () => {
  test.each<[string, string, RegExp, JsonObject?]>([
    ['a loop without an end', 'const transform = () => { for (;;); }', /more than 200 ms/, { milliseconds: 200 }],
    ['a loop at its beginning', 'for (;;);', /more than 200 ms/, { milliseconds: 200 }],
    [
      'a pattern without an end',
      'const transform = () => /(a+)+$/.test("a".repeat(50) + "!")',
      /more than 200 ms/,
      { milliseconds: 200 },
    ],
    ['memory without an end', 'const transform = () => { let t = "x"; for (;;) t += t }', /more than 8 MB/],
    ['a large list', 'const transform = () => { const t = []; for (;;) t.push({}) }', /more than 8 MB/],
    ['a function that calls itself', 'const transform = (e) => transform(e)', /too deeply/],
    [
      'a deep value',
      'const transform = () => { let t = []; for (let i = 0; i < 1e5; i++) t = [t]; return t }',
      /too deeply/,
    ],
  ])('%s', async (_, code, wanted, limits = {}) => {
    const problem = await problemOf(code, { memory: 8, ...limits })
    expect(problem?.message).toMatch(wanted)
    // The next program gets a working sandbox.
    expect((await runCode('const transform = (e) => ({ ...e, fine: true })')).entities).toEqual([
      { _id: 'a', fine: true },
    ])
  })

  test('one that the interpreter cannot stop is ended with its thread', async () => {
    const problem = await problemOf(
      'const transform = () => Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1)',
      {
        milliseconds: 100,
      },
    )
    expect(problem?.message).toMatch(/more than 100 ms/)
    expect((await runCode('const transform = (e) => e')).entities).toEqual([{ _id: 'a' }])
  })

  test('reaches nothing', async () => {
    const names =
      'fetch XMLHttpRequest WebSocket require process Deno postMessage self window importScripts setTimeout indexedDB caches WebAssembly'
    const code = `function transform(entity) {
      const found = ${JSON.stringify(names.split(' '))}.filter((name) => typeof globalThis[name] !== 'undefined')
      const outer = (function () { return this })().constructor.constructor('return typeof process')()
      return { ...entity, found, outer }
    }`
    expect((await runCode(code)).entities).toEqual([{ _id: 'a', found: [], outer: 'undefined' }])
    expect((await problemOf('import("fs"); const transform = (e) => e'))?.code ?? 'nothing').toMatch(
      /nothing|javascript-failed/,
    )
  })

  test('changes nothing of what is outside of it, nor of how its results are read', async () => {
    const code = `
      Object.prototype.polluted = 'yes'
      Array.prototype.map = () => 'no'
      JSON.stringify = () => '{"_id": "forged"}'
      JSON.parse = () => ({ _id: 'forged' })
      function transform(entity) { return JSON.parse === undefined ? null : { ...entity, ['__proto__']: { x: 1 }, constructor: 'c' } }`
    const { entities, problems } = await runCode(code)
    expect(problems).toEqual([])
    expect(entities).toMatchObject([{ _id: 'a', constructor: 'c' }])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Reflect.get({}, 'x')).toBeUndefined()
    expect((await runCode('const transform = (e) => ({ ...e, seen: String({}.polluted) })')).entities).toEqual([
      { _id: 'a', seen: 'undefined' },
    ])
  })
})
