import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isPlainJson } from '../../../engine-worker/entity/plain-json.ts'
import { printEntityLines, readEntityLines } from '../../../engine-worker/entity/transit.ts'
import { anyEntity } from './arbitrary.ts'

it('knows texts that JSON.parse reads without loss, and is never wrong when it says so', () => {
  expect(isPlainJson('{"_id":"1","n":1.25,"text":"1.0"}\n')).toBe(true)
  expect(isPlainJson('{"_id":"1","text":"about ~ 12345678901"}\n')).toBe(true)
  for (const value of ['1.0', '1e3', '12345678901234567890', '0.99999999999999999999', '"~:a:b"', '"\\u007e:a:b"']) {
    expect([value, isPlainJson(`{"_id":"1","v":${value}}\n`)]).toEqual([value, false])
  }
  fc.assert(
    fc.property(fc.array(anyEntity, { minLength: 1, maxLength: 4 }), (entities) => {
      const text = printEntityLines(entities)
      if (!isPlainJson(text)) return
      // Where the first line is not plain, all lines are read by the full parser.
      const [, ...read] = readEntityLines(`{"_id":"~:a:b"}\n${text}`)
      expect(read).toEqual(
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      )
    }),
    { numRuns: 500 },
  )
})
