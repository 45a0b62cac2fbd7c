import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { put } from '../../../engine-worker/entity/dict.ts'
import { entriesOf, objectOf } from '../../../engine-worker/entity/entries.ts'
import { printJson, readJson } from '../../../engine-worker/entity/json.ts'
import { Float, isObject, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { elementSpans, memberSpans, type Span, valueSpan } from '../../../engine-worker/text/spans.ts'
import { splice } from '../../../engine-worker/text/splice.ts'
import { noShared, projects } from '../../shared.ts'

const readLiterals = (text: string): Json => readJson(text, { numberLiterals: true })

/** Splices with a change of the value that a text holds, and checks that the result reads as that value. */
function spliceEdited(text: string, change: (value: Json) => Json): string {
  const before = readLiterals(text)
  const after = change(before)
  const result = splice(text, before, after)
  expect(printJson(readLiterals(result))).toBe(printJson(after))
  return result
}

const pipe = `{
  "type": "pipe",
  "_id": "orders",
  "weights": [ 1.50, 1e400,  -0 ],
  "transform": {
    "type": "dtl",
    "rules": {
      "default": [
        ["comment", "names \\u00e6", "kept"],
        ["add",   "name", "_S.name"],

        ["add", "n", ["plus", 1.0, "_S.n"]]
      ]
    }
  }
}
`

type Rules = { transform: { rules: { default: Json[] } } }
const rules = (value: Json): Json[] => (value as unknown as Rules).transform.rules.default
const withRules = (value: Json, steps: Json[]): Json => ({
  ...(value as JsonObject),
  transform: { type: 'dtl', rules: { default: steps } },
})

describe('an edit changes only its own characters', () => {
  test('a value', () => {
    expect(spliceEdited(pipe, (value) => ({ ...(value as JsonObject), _id: 'sales' }))).toBe(
      pipe.replace('"orders"', '"sales"'),
    )
  })

  test('a step is added as its own line', () => {
    const step = ['add', 'x', ['upper', '_S.x']]
    const middle = spliceEdited(pipe, (value) => withRules(value, rules(value).toSpliced(1, 0, step)))
    expect(middle).toBe(
      pipe.replace('        ["add",   "name"', '        ["add", "x", ["upper", "_S.x"]],\n        ["add",   "name"'),
    )
    const end = spliceEdited(pipe, (value) => withRules(value, [...rules(value), step]))
    expect(end).toBe(pipe.replace('"_S.n"]]\n', '"_S.n"]],\n        ["add", "x", ["upper", "_S.x"]]\n'))
    const start = spliceEdited(pipe, (value) => withRules(value, [step, ...rules(value)]))
    expect(start).toBe(pipe.replace('["comment"', '["add", "x", ["upper", "_S.x"]],\n        ["comment"'))
  })

  test('a step is removed with its line', () => {
    for (const index of [0, 1, 2]) {
      const result = spliceEdited(pipe, (value) => withRules(value, rules(value).toSpliced(index, 1)))
      expect(pipe.split('\n').length - result.split('\n').length).toBe(index === 0 ? 1 : index === 1 ? 1 : 2)
      expect(result).toContain('"weights": [ 1.50, 1e400,  -0 ]')
    }
  })

  test('a step that moves keeps its text', () => {
    const result = spliceEdited(pipe, (value) =>
      withRules(value, [rules(value)[2] ?? null, ...rules(value).slice(0, 2)]),
    )
    const lines = (text: string) => text.match(/[^\s].*?(?=,?$)/gm)?.sort()
    expect(lines(result)).toEqual(lines(pipe))
    expect(result).toContain('["comment", "names \\u00e6", "kept"]')
  })

  test('a step that moves into another one keeps its text', () => {
    const text = '{\n "a": [\n  ["x", {\n    "p":  1.00\n  }]\n ],\n "b": [\n  1\n ]\n}'
    const result = spliceEdited(text, (value) => {
      const { a, b } = value as { a: Json[]; b: Json[] }
      return { a: [], b: [...b, a[0] ?? null] }
    })
    expect(result).toBe('{\n "a": [],\n "b": [\n  1,\n  ["x", {\n    "p":  1.00\n  }]\n ]\n}')
  })

  test('a member is renamed, removed and added', () => {
    const text = '{\r\n\t"a" : 1,\r\n\t"b" : [],\r\n\t"c" : 1.0\r\n}'
    expect(spliceEdited(text, (value) => withKeyRenamed(value as JsonObject, 'b', 'z'))).toBe(
      text.replace('"b"', '"z"'),
    )
    expect(spliceEdited(text, () => ({ a: 1, b: [] }))).toBe('{\r\n\t"a" : 1,\r\n\t"b" : []\r\n}')
    expect(spliceEdited(text, (value) => ({ ...(value as JsonObject), d: { e: [1, { f: 2 }] } }))).toBe(
      text.replace(
        '1.0\r\n',
        '1.0,\r\n\t"d" : {\r\n\t\t"e": [\r\n\t\t\t1,\r\n\t\t\t{\r\n\t\t\t\t"f": 2\r\n\t\t\t}\r\n\t\t]\r\n\t}\r\n',
      ),
    )
  })

  test('a key that stands twice is left alone by edits beside it', () => {
    const text = '{"a": 1, "b": 2,  "a": 3, "c": [4]}'
    expect(spliceEdited(text, (value) => ({ ...(value as JsonObject), c: [5] }))).toBe(text.replace('4', '5'))
    expect(spliceEdited(text, () => ({ b: 2, c: [4] }))).not.toContain('"a"')
    expect(spliceEdited(text, (value) => ({ ...(value as JsonObject), d: 1 }))).toContain('"a": 3')
  })
})

describe('what is new looks like what is around it', () => {
  const steps: [string, string, string][] = [
    [
      'four spaces',
      '{\n    "a": {\n        "b": ["x", ["y"]]\n    }\n}',
      '{\n    "a": {\n        "b": ["x", ["y"]]\n    },\n    "n": {\n        "k": ["p", "q", ["r"]]\n    }\n}',
    ],
    ['one line', '{"a": 1}', '{"a": 1, "n": {"k": ["p", "q", ["r"]]}}'],
    ['no spaces', '{"a":1,"b":[]}', '{"a":1,"b":[],"n":{"k":["p","q",["r"]]}}'],
    [
      'each on its line',
      '{\n  "a": [\n    1,\n    2\n  ]\n}',
      '{\n  "a": [\n    1,\n    2\n  ],\n  "n": {\n    "k": [\n      "p",\n      "q",\n      [\n        "r"\n      ]\n    ]\n  }\n}',
    ],
    [
      "Sesam's own tools",
      '{\n  "a": ["x", "y",\n    ["z"]\n  ]\n}\n',
      '{\n  "a": ["x", "y",\n    ["z"]\n  ],\n  "n": {\n    "k": ["p", "q",\n      ["r"]\n    ]\n  }\n}\n',
    ],
    ['escapes', '{"a": "\\u00e6"}', '{"a": "\\u00e6", "n": {"k": ["p", "q", ["r"]]}}'],
  ]
  test.each(steps)('%s', (_, text, wanted) => {
    expect(spliceEdited(text, (value) => ({ ...(value as JsonObject), n: { k: ['p', 'q', ['r']] } }))).toBe(wanted)
  })

  test('texts of a file without characters beyond ASCII', () => {
    expect(spliceEdited('{"a": "\\u00e6"}', () => ({ a: 'ø€😀' }))).toBe('{"a": "\\u00f8\\u20ac\\ud83d\\ude00"}')
    expect(spliceEdited('{"a": "æ\\u00e6"}', () => ({ a: 'ø' }))).toBe('{"a": "ø"}')
  })
})

function withKeyRenamed(object: JsonObject, from: string, to: string): JsonObject {
  return objectOf(entriesOf(object).map(([key, value]) => [key === from ? to : key, value]))
}

// A law on any text: each edit leaves the bytes before and after its node unchanged.

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(new Float(1), new Float(1e300), 10n ** 30n, 0.25),
)
const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    fc.uniqueArray(tie('json'), { maxLength: 6, selector: printJson }),
    fc
      .uniqueArray(fc.tuple(fc.string({ maxLength: 4 }), tie('json')), { maxLength: 6, selector: ([key]) => key })
      .map(objectOf),
  ),
})).json
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/)

/** Prints with random white space. */
function laidOut(value: Json, next: () => string): string {
  const withSpaces = (text: string) => next() + text + next()
  if (Array.isArray(value))
    return `[${value.length === 0 ? next() : value.map((item) => withSpaces(laidOut(item, next))).join(',')}]`
  if (!isObject(value)) return printJson(value)
  const members = entriesOf(value).map(
    ([key, item]) => `${withSpaces(printJson(key))}:${withSpaces(laidOut(item, next))}`,
  )
  return `{${members.length === 0 ? next() : members.join(',')}}`
}

interface SplicePlace {
  readonly span: Span
  readonly value: Json
  readonly put: (value: Json) => Json
}

/** Every container of a text, with a way to put another value in its place. */
function containers(text: string, whole: Json): SplicePlace[] {
  const places: SplicePlace[] = []
  const visit = (span: Span, value: Json, set: (value: Json) => Json) => {
    if (Array.isArray(value)) {
      places.push({ span, value, put: set })
      for (const [index, each] of elementSpans(text, span.from).entries()) {
        visit(each, value[index] ?? null, (item) => set(value.with(index, item)))
      }
    } else if (isObject(value)) {
      places.push({ span, value, put: set })
      for (const { key, span: each } of memberSpans(text, span.from)) {
        visit(each, value[key] ?? null, (item) => {
          const copy = { ...value }
          put(copy, key, item)
          return set(copy)
        })
      }
    }
  }
  visit(valueSpan(text), whole, (value) => value)
  return places
}

/** Spans of the items or members of a container, keys included. */
function partSpans(text: string, { from }: Span, value: Json): Span[] {
  if (Array.isArray(value)) return elementSpans(text, from)
  return memberSpans(text, from).map(({ keySpan, span }) => ({ from: keySpan.from, to: span.to }))
}

function keepsTheRest(text: string, pick: (n: number) => number, fresh: Json): void {
  const before = readLiterals(text)
  const places = containers(text, before)
  const place = places[pick(places.length)]
  if (!place) return
  const { span, value } = place
  const spans = partSpans(text, span, value)
  const index = pick(spans.length + 1)
  const [left, at, right] = [spans[index - 1], spans[index], spans[index + 1]]
  const check = (next: Json, from: number, to: number) => {
    const result = spliceEdited(text, () => place.put(next))
    expect(result.slice(0, from)).toBe(text.slice(0, from))
    expect(result.slice(result.length - (text.length - to))).toBe(text.slice(to))
    return result
  }
  const entries: readonly [string, Json][] = Array.isArray(value) ? [] : entriesOf(value as JsonObject)
  const objectFrom = (next: readonly (readonly [string, Json])[]) => objectOf(next)
  const freshKey = `${entries.map(([key]) => key).join('')}+`
  // Set.
  if (at && Array.isArray(value)) check(value.with(index, fresh), at.from, at.to)
  const entry = entries[index]
  if (at && entry) {
    const member = memberSpans(text, span.from)[index]
    if (member) check(objectFrom(entries.with(index, [entry[0], fresh])), member.span.from, at.to)
    // Rename a key.
    if (member) check(objectFrom(entries.with(index, [freshKey, entry[1]])), at.from, member.keySpan.to)
  }
  // Add.
  const unique = { fresh: `${printJson(value)}` }
  const added = Array.isArray(value)
    ? value.toSpliced(index, 0, unique)
    : objectFrom(entries.toSpliced(index, 0, [freshKey, unique]))
  if (spans.length === 0) check(added, span.from, span.to)
  else {
    const result = check(added, left?.to ?? at?.from ?? 0, at?.from ?? left?.to ?? 0)
    const now = partSpans(result, { from: span.from, to: 0 }, added)
    expect(now.toSpliced(index, 1).map((each) => result.slice(each.from, each.to))).toEqual(
      spans.map((each) => text.slice(each.from, each.to)),
    )
  }
  // Remove.
  if (at) {
    const rest = Array.isArray(value) ? value.toSpliced(index, 1) : objectFrom(entries.toSpliced(index, 1))
    if (spans.length === 1) check(rest, span.from, span.to)
    else check(rest, left?.to ?? at.from, left ? at.to : (right?.from ?? at.to))
  }
  // Move.
  if (at && Array.isArray(value)) {
    const to = pick(spans.length)
    const order = [...value.keys()].toSpliced(index, 1).toSpliced(to, 0, index)
    const result = check(
      order.map((old) => value[old] ?? null),
      span.from,
      span.to,
    )
    expect(elementSpans(result, span.from).map((each) => result.slice(each.from, each.to))).toEqual(
      order.map((old) => text.slice(spans[old]?.from, spans[old]?.to)),
    )
  }
}

describe('a law', () => {
  test('every edit of any text leaves what is around its node as it was', () => {
    const places = fc.infiniteStream(fc.nat())
    fc.assert(
      fc.property(
        json,
        fc.infiniteStream(space),
        places,
        json,
        fc.constantFrom('', '\uFEFF', ' \n'),
        (value, spaces, random, fresh, mark) => {
          const text = mark + laidOut(value, () => String(spaces.next().value))
          for (let n = 0; n < 4; n++)
            keepsTheRest(text, (count) => Number(random.next().value) % Math.max(1, count), fresh)
        },
      ),
      { numRuns: 200 },
    )
  })

  test.skipIf(noShared)('the same on real files', () => {
    const files = readdirSync(projects, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.conf.json'),
    )
    expect(files.length).toBeGreaterThan(50)
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.infiniteStream(fc.nat()), json, (file, random, fresh) => {
        const text = readFileSync(join(projects, file), 'utf8')
        keepsTheRest(text, (count) => Number(random.next().value) % Math.max(1, count), fresh)
      }),
      { numRuns: 150 },
    )
  })
})
