/** Sesam's documented behaviour: every case of the shared corpus. Disputed cases may differ, for a reason given here. */
import { describe, expect, it } from 'vitest'
import { evaluateCase } from '../../../engine-worker/testing/cases/case.ts'
import { noShared } from '../../shared.ts'
import { cases, difference, environment } from './corpus.ts'

/** Disputed cases with another result here, and the reasons. */
const knownDifferences: Readonly<Record<string, string>> = {
  't-make-ni-4': 'real nodes make identifiers of integers too',
}

describe.each(['expressions.json', 'transforms.json'])('%s', (file) => {
  it.skipIf(noShared)('comes out as documented, case by case', async () => {
    const differences: string[] = []
    for (const each of cases(file)) {
      const id = String(each.id)
      const found = difference(each, await evaluateCase(each, environment()))
      if (found !== null && knownDifferences[id] === undefined) differences.push(`${id}: ${found}`)
    }
    expect(differences).toEqual([])
  })

  it.skipIf(noShared)('has reasons for disputed cases only', () => {
    const disputed = new Map(cases(file).map((each) => [String(each.id), each.disputed === true]))
    expect(Object.keys(knownDifferences).filter((id) => disputed.get(id) === false)).toEqual([])
  })
})
