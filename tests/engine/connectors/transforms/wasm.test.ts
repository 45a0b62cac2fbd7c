/**
 * Transforms in WebAssembly: the input and output of a module, and that a hostile one is stopped with a clear message.
 */
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { nodeSandbox } from '../../../../engine-worker/node/sandbox.ts'
import { DEEP, FOREVER, GREEDY, NINE, OUTSIDE, SAME, SPREADING, wasmModule } from '../../../support/wasm-module.ts'
import { embedded, opened, output } from '../open.ts'

function runModule(module: string, entities: readonly Json[], more: JsonObject = {}) {
  const transform = { type: 'wasm', module, milliseconds: 60_000, ...more }
  return output({ pipe: { source: embedded(...entities), transform }, sandbox: nodeSandbox })
}

async function problemOf(module: string, more: JsonObject = {}) {
  const transform = { type: 'wasm', module, milliseconds: 60_000, ...more }
  const { stages } = opened({ pipe: { source: embedded(), transform }, sandbox: nodeSandbox })
  const context = { at: () => undefined, pause: async () => undefined } as never
  const [outcome] = (await stages[0]?.transform([{ _id: 'a' }], context)) ?? []
  return outcome?.problem
}

test('gets an entity as JSON and gives another one; exact values stay', async () => {
  const entities: readonly JsonObject[] = [
    { _id: 'æ', at: '~t2020-01-02T00:00:00.123456789Z', price: '~f12345678901234567890.1234567890' },
    { _id: 'b', n: 1 },
  ]
  expect(await runModule(wasmModule({ transform: SAME }), entities)).toMatchObject({ entities, problems: [] })
  const changed = await runModule(wasmModule({ transform: NINE }), [{ _id: 'b', n: 1 }])
  expect(changed).toMatchObject({ entities: [{ _id: 'b', n: 9 }], problems: [] })
})

test.each([
  ['an import', wasmModule({ transform: SAME, imports: ['env', 'fetch'] }), 'it imports env.fetch'],
  [
    'no export of transform',
    wasmModule({ transform: SAME, exports: ['memory', 'alloc'] }),
    'does not export alloc and transform',
  ],
  ['no memory', wasmModule({ transform: SAME, exports: ['alloc', 'transform'] }), 'it exports no memory'],
  ['a text in its place', 'aGVsbG8=', 'it is no WebAssembly module'],
  ['half of its bytes', wasmModule({ transform: SAME }).slice(0, 60), 'cannot be run'],
  ['signs that are no base64', '§§§', 'no WebAssembly module in base64'],
  ['a place outside of its memory', wasmModule({ transform: OUTSIDE }), 'outside of its memory'],
])('a module with %s is refused', async (_, module, words) => {
  expect(await problemOf(module)).toMatchObject({ code: 'javascript-failed', message: expect.stringContaining(words) })
})

test('a loop that does not end is stopped, also as the first program of its thread, and the next one runs', async () => {
  for (let time = 0; time < 2; time++) {
    const stopped = await problemOf(wasmModule({ transform: FOREVER }), { milliseconds: 50 })
    expect(stopped).toMatchObject({ code: 'javascript-failed', facts: { why: 'time' } })
  }
  const after = await runModule(wasmModule({ transform: SAME }), [{ _id: 'a' }])
  expect(after.entities).toEqual([{ _id: 'a' }])
})

test('tables are bounded, and nothing lies outside of them and the memory', async () => {
  const table = (...bytes: number[]) => wasmModule({ transform: SPREADING, tables: [bytes] })
  const [FUNCTIONS, HUGE] = [0x70, [0x80, 0x94, 0xeb, 0xdc, 0x03]]
  const little = wasmModule({
    transform: SAME,
    tables: [
      [FUNCTIONS, 1, 2, 10],
      [0x6f, 0, 3],
    ],
  })
  expect((await runModule(little, [{ _id: 'a' }])).entities).toEqual([{ _id: 'a' }])
  // A table that grows without bound, also where the module declares a billion entries as its most.
  expect(await problemOf(table(FUNCTIONS, 0, 1))).toMatchObject({ facts: { why: 'error' } })
  expect(await problemOf(table(FUNCTIONS, 1, 1, ...HUGE))).toMatchObject({ facts: { why: 'error' } })
  expect(await problemOf(table(FUNCTIONS, 0, ...HUGE))).toMatchObject({ facts: { why: 'memory' } })
  expect(await problemOf(table(FUNCTIONS, 5, 1))).toMatchObject({ message: expect.stringContaining('64 bits') })
  const many = wasmModule({ transform: SAME, tables: Array(101).fill([FUNCTIONS, 0, 1]) })
  expect(await problemOf(many)).toMatchObject({ message: expect.stringContaining('more than 100 tables') })
  // An array of numbers, which instructions can make any number of.
  const objects = wasmModule({ transform: SAME, types: [[0x5e, 0x7f, 1]] })
  expect(await problemOf(objects)).toMatchObject({ message: expect.stringContaining('types of objects') })
})

test('memory and stack are bounded, whatever the module says', async () => {
  // 10 000 pages are 655 MB: refused with 32 MB, also where the module declares more; given where they are allowed.
  expect(await problemOf(wasmModule({ transform: GREEDY }))).toMatchObject({ facts: { why: 'error' } })
  expect(await problemOf(wasmModule({ transform: GREEDY, most: 65_536 }))).toMatchObject({ facts: { why: 'error' } })
  expect(await problemOf(wasmModule({ transform: GREEDY }), { memory: 700 })).toBeUndefined()
  expect(await problemOf(wasmModule({ transform: SAME, pages: 10_000 }))).toMatchObject({ facts: { why: 'memory' } })
  expect(await problemOf(wasmModule({ transform: DEEP }))).toMatchObject({ facts: { why: 'stack' } })
})
