/** Problems grouped by cause: which problems share a group, the titles of groups, and filters. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterProblems, groupProblems, severities } from '../../../app/frame/problem-groups.ts'
import type { Problem, Severity } from '../../../engine-worker/index.ts'

function unknownKey(key: string, kind: string, pipe: string): Problem {
  const message = `${key} is not a documented property of ${kind}.`
  return { code: 'unknown-key', severity: 'hint', message, where: { pipe, path: [key] }, facts: { key, kind } }
}

const messageOf = ({ message }: Problem) => message
const unknownSystem: Problem = {
  code: 'unknown-system',
  severity: 'warning',
  message: 'There is no system crm.',
  where: { pipe: 'a' },
  facts: { system: 'crm' },
}

describe('groupProblems', () => {
  it('puts what says the same of several places together, and the others of a code', () => {
    const problems = [
      unknownKey('a', 'a pipe', 'one'),
      unknownKey('a', 'a pipe', 'two'),
      unknownKey('key', 'a pipe', 'one'),
      unknownKey('name', 'a pipe', 'one'),
      unknownSystem,
    ]
    expect(groupProblems(problems, messageOf).map(({ title, problems: each }) => [title, each.length])).toEqual([
      ['There is no system crm.', 1],
      ['a is not a documented property of a pipe.', 2],
      ['… is not a documented property of a pipe.', 2],
    ])
  })

  it('loses none and keeps the worst first', () => {
    const some = fc.record({
      code: fc.constantFrom('x', 'y'),
      severity: fc.constantFrom<Severity>('error', 'warning', 'hint'),
      message: fc.string(),
      where: fc.constant({}),
      facts: fc.dictionary(fc.constantFrom('a', 'b'), fc.string()),
    })
    fc.assert(
      fc.property(fc.array(some), (problems) => {
        const groups = groupProblems(problems, messageOf)
        expect(groups.flatMap(({ problems: each }) => each)).toHaveLength(problems.length)
        expect(new Set(groups.flatMap(({ problems: each }) => each))).toEqual(new Set(problems))
        const ranks = groups.map(({ severity }) => severities.indexOf(severity))
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
      }),
    )
  })
})

describe('filterProblems', () => {
  const problems = [unknownKey('colour', 'a pipe', 'crm-person'), unknownSystem]
  const all = new Set(severities)
  it('looks for all words in the message, the place and the code', () => {
    const filteredBy = (text: string) => filterProblems(problems, { severities: all, text }, messageOf)
    expect(filteredBy('COLOUR crm-person')).toEqual([problems[0]])
    expect(filteredBy('unknown-system')).toEqual([unknownSystem])
    expect(filteredBy('colour warehouse')).toEqual([])
    expect(filteredBy(' ')).toEqual(problems)
  })
  it('leaves out severities', () => {
    expect(filterProblems(problems, { severities: new Set(['warning']), text: '' }, messageOf)).toEqual([unknownSystem])
  })
})
