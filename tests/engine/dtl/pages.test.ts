/**
 * The statements of the documentation's pages as tables of cases in the format of `eval`: one file a page, one case a
 * line. Cases that the documentation prints are in the shared examples (conformance.test.ts).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { evaluateCase } from '../../../engine-worker/testing/cases/case.ts'
import { difference, environment } from './corpus.ts'

const folder = new URL('pages/', import.meta.url)

describe('the pages about DTL', () => {
  it.each(readdirSync(folder))('%s', async (file) => {
    const rows = readJson(readFileSync(new URL(file, folder), 'utf8')) as JsonObject[]
    const around = environment()
    const found: unknown[] = []
    for (const row of rows) {
      const differs = difference(row, await evaluateCase(row, around))
      if (differs !== null) found.push([row, differs])
    }
    expect(found).toEqual([])
  })
})
