import { describe, expect, it } from 'vitest'
import { printable, problemText } from '../../../engine-worker/node/problem-text.ts'

const problem = { code: 'x', severity: 'error', message: 'It is wrong.', facts: {}, where: {} } as const

describe('problems as text', () => {
  it('begin with the place, as editors read it', () => {
    const where = { file: 'pipes/a.conf.json', pipe: 'a', line: 3, column: 12, path: ['source', 0], entity: '1' }
    expect(problemText({ ...problem, where })).toBe('pipes/a.conf.json:3:12 source/0 1: It is wrong.')
    expect(problemText({ ...problem, where: { pipe: 'a' }, fix: 'Mend it.' })).toBe('a: It is wrong. Mend it.')
    expect(problemText(problem)).toBe('It is wrong.')
  })

  it('do nothing to a terminal', () => {
    expect(printable('a\u001b[2Jb\u0000\u202ec\nd å 😀')).toBe('a\\u001b[2Jb\\u0000\\u202ec\\u000ad å 😀')
  })
})
