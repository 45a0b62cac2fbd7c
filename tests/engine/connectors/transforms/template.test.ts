/** The built-in templates for REST (collect, share and defaults): all shared cases, and the comparison of states. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareStates, patched } from '../../../../engine-worker/connectors/transforms/template/compare.ts'
import { openProject } from '../../../../engine-worker/node/commands/project-run.ts'
import { testProject } from '../../../../engine-worker/testing/project.ts'
import { cases, noShared } from '../../../shared.ts'

const templates = join(cases, 'templates')
/** Cases whose pipe must fail at the second entity; the row of the first one stays and passes the test. */
const failingCases = ['share-insert-without-origin', 'share-status-forbidden']

describe.skipIf(noShared || !existsSync(templates))('template transforms', () => {
  const names = noShared ? [] : readdirSync(templates).filter((name) => !name.includes('.'))
  it.each(names)('%s', async (name) => {
    const { rows, problems } = await testProject(await openProject(join(templates, name)))
    expect(rows.flatMap(({ differences }) => differences)).toEqual([])
    const failed = problems.filter(({ severity, where }) => severity === 'error' && where.pipe === 'shop-item-share')
    expect(failed.length > 0).toBe(failingCases.includes(name))
  })
})

describe('compareStates', () => {
  const state = (payload: object, basedOn: object, current: object) =>
    compareStates(payload as never, basedOn as never, current as never, ['id'])
  it('heeds only what the payload is about, at any depth', () => {
    const before = { id: 1, name: 'a', more: { x: 1, y: 2 }, other: 'o' }
    expect(state({ id: 1, name: 'a' }, before, { ...before, other: 'p' })).toBe('unchanged')
    expect(state({ more: { x: 1 } }, before, { ...before, more: { x: 1, y: 3 } })).toBe('unchanged')
    expect(state({ more: { x: 2 } }, before, before)).toBe('changed')
    expect(state({ more: { x: 2 } }, before, { ...before, more: { x: 9 } })).toBe('modified-in-system')
  })
  it('leaves the key and the order of lists out', () => {
    expect(state({ id: 2, tags: ['b', 'a'] }, { id: 1, tags: ['a', 'b'] }, { id: 3, tags: ['b', 'a'] })).toBe(
      'unchanged',
    )
    expect(state({ lines: [{ n: [2, 1] }] }, { lines: [{ n: [1, 2] }] }, { lines: [{ n: [2, 1] }] })).toBe('unchanged')
  })
  it('takes the first item of an answer that is a list, and a missing member as null', () => {
    expect(state({ name: null }, {}, [{ id: 1 }, { name: 'x' }])).toBe('unchanged')
    expect(state({ name: 'n' }, {}, [])).toBe('changed')
  })
})

describe('patched', () => {
  it('puts the payload on top of what the system has', () => {
    const current = { a: 1, inner: { b: 2, c: 3 }, list: [1, 2] }
    expect(patched(current, { inner: { c: 4 }, list: [9] })).toEqual({ a: 1, inner: { b: 2, c: 4 }, list: [9] })
    expect(current.inner.c).toBe(3)
  })
})
