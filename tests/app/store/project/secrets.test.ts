import { describe, expect, it } from 'vitest'
import { secretsOf, setSecret } from '../../../../app/store/project/secrets.ts'

describe('secrets', () => {
  it('belong to one project, and an empty value takes one away', () => {
    setSecret('a', 'key', '1')
    setSecret('a', 'other', '2')
    setSecret('b', 'key', '3')
    setSecret('a', 'key', '')
    expect(secretsOf('a')).toEqual({ other: '2' })
    expect(secretsOf('b')).toEqual({ key: '3' })
    expect(secretsOf('c')).toEqual({})
  })
})
