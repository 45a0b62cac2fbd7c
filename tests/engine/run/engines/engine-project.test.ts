/** A project that is opened again: what has not changed stays open. */
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../../engine-worker/config/project/project.ts'
import { EngineProject, isSameProject } from '../../../../engine-worker/run/engines/engine-project.ts'

const pipe = (_id: string, more: object = {}) =>
  JSON.stringify({ _id, type: 'pipe', source: { type: 'dataset', dataset: 'in' }, ...more })
const files = { 'pipes/a.conf.json': pipe('a'), 'pipes/b.conf.json': pipe('b') }
const openEntry = (id: string, { pipes }: Configuration) => (pipes.has(id) ? { id } : null)
const variables = (where: string) => ({ variables: { where } })

describe('a project that is opened again', () => {
  it('is the same by its files and variables', () => {
    const one = { files, options: variables('here') }
    expect(isSameProject(one, { files: { ...files }, options: variables('here') })).toBe(true)
    expect(isSameProject(one, { files, options: variables('there') })).toBe(false)
    expect(isSameProject(one, { files: { ...files, 'x.json': '' }, options: variables('here') })).toBe(false)
    expect(isSameProject(one, { files: { ...files, 'pipes/a.conf.json': '' }, options: variables('here') })).toBe(false)
  })

  it('keeps the pipes that did not change, and opens the others anew', () => {
    const before = new EngineProject(files, variables('here'), openEntry, null)
    const [a, b] = [before.pipe('a'), before.pipe('b')]
    expect([a, b, before.pipe('c')]).toEqual([{ id: 'a' }, { id: 'b' }, null])
    const edited = { ...files, 'pipes/b.conf.json': pipe('b', { description: 'edited' }) }
    const after = new EngineProject(edited, variables('here'), openEntry, before)
    expect(after.pipe('a')).toBe(a)
    expect(after.pipe('b')).not.toBe(b)
  })

  it('keeps none where a variable is another one, or the metadata', () => {
    const before = new EngineProject(files, variables('here'), openEntry, null)
    const a = before.pipe('a')
    expect(new EngineProject(files, variables('there'), openEntry, before).pipe('a')).not.toBe(a)
    const metadata = { ...files, 'node-metadata.conf.json': '{"_id": "node", "type": "metadata"}' }
    expect(new EngineProject(metadata, variables('here'), openEntry, before).pipe('a')).not.toBe(a)
  })
})
