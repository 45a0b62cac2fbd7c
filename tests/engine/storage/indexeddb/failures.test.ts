/** Errors of the browser's storage as problems: by name, also where Dexie nests the cause. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fault, problem } from '../../../../engine-worker/problem.ts'
import { storageFault } from '../../../../engine-worker/storage/indexeddb/failures.ts'

const errorNamed = (name: string, message = '', more: object = {}) =>
  Object.assign(new Error(message), { name, ...more })

const problemOf = (error: unknown) => {
  const fault = storageFault(error, 'shop')
  return fault instanceof Fault ? fault.problem : null
}

describe('an error of the storage', () => {
  test.each([
    ['QuotaExceededError', 'storage-full'],
    ['VersionError', 'storage-newer'],
    ['SecurityError', 'storage-unavailable'],
    ['UnknownError', 'storage-unavailable'],
    ['MissingAPIError', 'storage-unavailable'],
    ['DatabaseClosedError', 'storage-closed'],
    ['InvalidStateError', 'storage-closed'],
    ['TransactionInactiveError', 'storage-closed'],
  ])('%s is the problem %s of the project', (name, code) => {
    expect(problemOf(errorNamed(name))).toMatchObject({ code, facts: { project: 'shop' } })
  })

  test('is told by what it wraps: a transaction that was aborted since there is no room left', () => {
    const full = errorNamed('QuotaExceededError')
    expect(problemOf(errorNamed('AbortError', '', { inner: full }))?.code).toBe('storage-full')
    expect(problemOf(errorNamed('AbortError', '', { cause: errorNamed('BulkError', '', { inner: full }) }))?.code).toBe(
      'storage-full',
    )
    expect(problemOf(errorNamed('AbortError'))?.code).toBe('storage-closed')
  })

  test('gives the innermost reason where there is no access', () => {
    const inner = errorNamed('SecurityError', 'site data is blocked')
    expect(problemOf(errorNamed('OpenFailedError', 'outer', { inner }))?.facts.reason).toBe('site data is blocked')
    expect(problemOf(errorNamed('OpenFailedError'))?.facts.reason).toBe('it failed without a reason')
  })

  test('that wraps itself is still told', () => {
    const circle = errorNamed('AbortError')
    Object.assign(circle, { inner: circle })
    expect(problemOf(circle)?.code).toBe('storage-closed')
  })
})

test('a Fault and any other error stay what they are', () => {
  const own = new Fault(problem<Record<string, never>>({ code: 'own', severity: 'error', says: () => 'Own.' })({}))
  expect(storageFault(own, 'shop')).toBe(own)
  const other = new TypeError('a bug')
  expect(storageFault(other, 'shop')).toBe(other)
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(storageFault(anything, 'shop')).toBe(anything)
    }),
  )
})
