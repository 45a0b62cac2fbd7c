import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { Float, type Json } from '../../../engine-worker/entity/value.ts'
import { formatComponent, formatPart } from '../../../engine-worker/text/format.ts'
import { formatFile as formatted } from '../../../engine-worker/text/format-file.ts'
import { formatForPortal } from '../../../engine-worker/text/portal.ts'
import { conformance, noShared, projects } from '../../shared.ts'

const formatFile = (text: string): string | null => {
  const result = formatted(text)
  return 'text' in result ? result.text : null
}

const pipe = `{
  "_id": "orders",
  "type": "pipe",
  "name": "Orders",
  "source": {
    "type": "merge",
    "datasets": ["a x", "b y"],
    "equality": [
      ["eq", "x.id", "y.id"]
    ],
    "numbers": [1, 1.0, 1000000000000000000000000000000]
  },
  "transform": [
    {
      "type": "dtl",
      "rules": {
        "default": [
          ["copy", "*", "_*"],
          ["add", "name", ["concat", "_S.first", " ", "_S.last"]],
          ["add", "orders-of-this-customer",
            ["hops", {
              "datasets": ["orders-of-all-customers o"],
              "where": [
                ["eq", "_S.customer-number-in-the-system", "o.customer-number-in-the-other-system"],
                ["eq", "o.deleted-in-the-other-system", false]
              ]
            }]
          ],
          ["if", ["is-not-null", "_S.x"],
            [
              ["add", "a-property-with-a-long-name", ["first", ["sorted-descending", "_.date", "_T.orders"]]],
              ["add", "b", 1]
            ]
          ]
        ],
        "none": []
      }
    },
    {
      "type": "emit_children"
    }
  ],
  "pump": {
    "mode": "manual"
  },
  "metadata": {},
  "add_namespaces": true,
  "10": "after",
  "2": "that"
}
`

describe('canonical text', () => {
  test('has a known shape', () => {
    expect(formatFile(pipe)).toBe(pipe)
    const shuffled = pipe.replace(
      '"_id": "orders",\n  "type": "pipe",\n  "name"',
      '"type": "pipe", "_id":"orders","name"',
    )
    expect(formatFile(`\uFEFF${shuffled.replaceAll(/\n */g, ' ')}`)).toBe(pipe)
  })

  test('prints entities one a line, and lists of components as components', () => {
    const entities: Json = [{ _id: '1', a: { b: [1] } }, { _id: '2' }]
    expect(formatPart({ type: 'embedded', entities })).toBe(
      '{\n  "type": "embedded",\n  "entities": [\n    {"_id": "1", "a": {"b": [1]}},\n    {"_id": "2"}\n  ]\n}',
    )
    expect(formatFile('[{"type":"pipe","_id":"a"}]')).toBe('[\n  {\n    "_id": "a",\n    "type": "pipe"\n  }\n]\n')
    expect(formatFile('{"_id": ')).toBeNull()
    expect(formatted('{"_id": "a", "x": {"b": 1, "b": 2}}')).toMatchObject({ problem: { code: 'json-duplicate-key' } })
  })

  const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.constantFrom(null, true, false),
      fc.integer(),
      fc.bigInt({ min: 10n ** 18n, max: 10n ** 30n }),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((value) => (Number.isInteger(value) ? new Float(value) : value)),
      fc.string(),
      fc.constantFrom('add', 'copy', '_S.name', 'a rather long text that takes some room on the line'),
      fc.array(tie('value'), { maxLength: 6 }),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => ['add', ...items]),
      fc.dictionary(
        fc.oneof(fc.string(), fc.constantFrom('rules', '__proto__', '7', '10', 'entities', '_id')),
        tie('value'),
      ),
    ),
  })).value

  test('loses nothing, and a second time changes nothing', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = formatComponent(value)
        const again = readJson(text)
        expect(structuredClone(again)).toEqual(structuredClone(value))
        expect(formatComponent(again)).toBe(text)
        const part = formatPart(value)
        expect(readJson(part)).toEqual(value)
        expect(formatPart(readJson(part))).toBe(part)
      }),
      { numRuns: 300 },
    )
  })

  test('keeps the text of every number', () => {
    const numbers = [
      '1e400',
      '12345678901234567.89',
      '1.0',
      '1.50',
      '-0',
      '-0.0',
      '1E+5',
      '59.912730000000001234',
      '1e-7',
    ]
    const text = `{"_id": "n", "source": {"entities": [{"_id": "1", "of": [${numbers.join(', ')}]}]}, "limit": 1.10}`
    expect(formatFile(text)?.match(/-?\d[\d.eE+-]*(?=[,\]}\n])/g)).toEqual([...numbers, '1.10'])
    const portal = formatted(text, formatForPortal)
    expect('text' in portal && portal.text).toContain(`[${numbers.join(', ')}]`)
  })

  test.skipIf(noShared)('keeps the numbers of a real file', () => {
    const folder = join(projects, '../cases/turn2/format-numbers')
    const text = readFileSync(join(folder, 'pipes/numbers.conf.json'), 'utf8')
    const numbers = text.match(/(?<=:)-?\d[\d.eE+-]*/g) ?? []
    expect(numbers).toHaveLength(4)
    for (const number of numbers) expect(formatFile(text)).toContain(`: ${number}`)
  })

  test.skipIf(noShared)('holds for the rules of all known cases, within 120 columns', () => {
    const cases = readJson(readFileSync(join(conformance, 'transforms.json'), 'utf8'))
    const text = formatComponent(cases)
    expect(readJson(text)).toEqual(cases)
    expect(formatFile(text)).toBe(text)
  })

  test.skipIf(noShared)('holds for the configuration of real projects', () => {
    const files = readdirSync(projects, {
      recursive: true,
      encoding: 'utf8',
    })
    for (const file of files.filter((name) => name.endsWith('.conf.json'))) {
      const text = readFileSync(join(projects, file), 'utf8')
      const formatted = formatFile(text)
      expect(readJson(formatted ?? '')).toEqual(readJson(text))
      expect(formatFile(formatted ?? '')).toBe(formatted)
      for (const line of (formatted ?? '').split('\n')) {
        if (line.length > 120)
          expect(line, file).toMatch(/^ *(\["?|"[^"]*": |\["[^"]*", )*("([^"\\]|\\.)*"(: |, )?)*[\][{},"]*$/)
      }
    }
  })
})
