import fc from 'fast-check'
import { produce } from 'immer'
import { describe, expect, it } from 'vitest'
import { printJson, readJson } from '../../../engine-worker/entity/json.ts'
import { Float, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { Fault, type Problem } from '../../../engine-worker/problem.ts'

function faultOf(text: string): Problem {
  try {
    readJson(text, { file: 'a.json' })
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
  throw new Error(`no problem in ${text}`)
}

describe('configuration JSON', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        const printed = printJson(readJson(JSON.stringify(JSON.parse(text), null, space)))
        expect(JSON.parse(printed)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('refuses what JSON.parse refuses', () => {
    const broken = fc
      .tuple(fc.json({ maxDepth: 2 }), fc.nat(), fc.constantFrom(',', '"', '}', ']', '0', '.', '-', 'x', '\n', '\\'))
      .map(([text, at, char]) => text.slice(0, at % (text.length + 1)) + char + text.slice(at % (text.length + 1)))
    fc.assert(
      fc.property(broken, (text) => {
        let accepted = true
        try {
          JSON.parse(text)
        } catch {
          accepted = false
        }
        if (accepted) readJson(text)
        else expect(faultOf(text).code).toBe('json-broken')
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps the order of keys that look like numbers, also through spread and immer', () => {
    const text = '{"b":1,"10":2,"2":3,"a":{"1":1.0}}'
    const object = readJson(text) as JsonObject
    expect(printJson(object)).toBe(text)
    expect(printJson({ ...object, z: null })).toBe('{"b":1,"10":2,"2":3,"a":{"1":1.0},"z":null}')
    const edited = produce(object, (draft) => {
      delete draft['10']
      draft.b = 5
    })
    expect(printJson(edited)).toBe('{"b":5,"2":3,"a":{"1":1.0}}')
  })

  it('keeps numbers exact', () => {
    const text = '[1,1.0,-2.50e1,123456789012345678901234567890,1e-7]'
    expect(readJson(text)).toEqual([1, new Float(1), new Float(-25), 123456789012345678901234567890n, 1e-7])
    expect(readJson(printJson(readJson(text)))).toEqual(readJson(text))
    expect(printJson(readJson('1e400'))).toBe('1e999')
  })

  it('says where and what', () => {
    const found = faultOf('{\n  "_id": "x",\n  "type": \'pipe\'\n}')
    expect(found.where).toEqual({ file: 'a.json', line: 3, column: 11 })
    expect(found.message).toContain('single quote')
    expect(faultOf('{"a":1,}').message).toContain('a comma stands before the end of the object')
    expect(faultOf('// hi\n{}').message).toContain('comment')
    expect(faultOf('').message).toContain('it ends where a value is expected')
    expect(faultOf('['.repeat(2000)).code).toBe('json-too-deep')
  })

  it('tells of keys that occur twice, and keeps the last', () => {
    const notices: Problem[] = []
    expect(readJson('{"a":1,\n"a":2}', { notice: (problem) => notices.push(problem) })).toEqual({ a: 2 })
    expect(notices.map((problem) => [problem.code, problem.where.line])).toEqual([['json-duplicate-key', 2]])
  })

  it('tolerates a byte order mark', () => {
    expect(readJson('\ufeff{"a":1}')).toEqual({ a: 1 })
  })
})
