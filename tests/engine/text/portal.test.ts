import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { formatForPortal } from '../../../engine-worker/text/portal.ts'
import { noShared, projects } from '../../shared.ts'

describe("the text of Sesam's own tools", () => {
  for (const folder of [
    'sesam-learn-config',
    'tutorial-globals',
    'sesam-py-embedded-conversion/expected_after/testdata',
  ]) {
    test.skipIf(noShared)(`${folder} is printed byte for byte`, () => {
      const files = readdirSync(join(projects, folder), { recursive: true, encoding: 'utf8' })
      const printed = files.filter((file) => /conf\.json$|^[^/]*pipe[^/]*\.json$/i.test(file))
      expect(printed.length).toBeGreaterThan(3)
      for (const file of printed) {
        const text = readFileSync(join(projects, folder, file), 'utf8')
        expect(formatForPortal(readJson(text)), file).toBe(text)
      }
    })
  }

  test('sorts keys as they do, and folds arrays', () => {
    const value = { _x: 1, b: {}, $audit: 1, type: 'pipe', a: [[], [{ z: 1 }, 2]], _id: 'é' }
    expect(formatForPortal(value)).toBe(
      '{\n  "_id": "é",\n  "type": "pipe",\n  "a": [\n    [],\n    [{\n      "z": 1\n    }, 2]\n  ],\n  "b": {},\n  "$audit": 1,\n  "_x": 1\n}\n',
    )
  })
})
