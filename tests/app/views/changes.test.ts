import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../../app/views/deploy/changes.ts'
import { projectOf, putFile } from '../../../engine-worker/index.ts'

const before = projectOf([
  { path: 'pipes/a.conf.json', content: '{"_id":"a","type":"pipe"}' },
  { path: 'pipes/b.conf.json', content: '{"_id":"b","type":"pipe"}' },
  { path: 'picture.png', content: new Uint8Array([255, 0]) },
]).value

describe('changes between two states of a project', () => {
  it('are none for the same files', () => {
    expect(changesBetween(before, before)).toEqual([])
    expect(changesBetween(before, putFile(before, 'picture.png', new Uint8Array([255, 0])).value)).toEqual([])
  })
  it('name what was added, changed and removed, and leave the layout out', () => {
    let after = putFile(before, 'pipes/a.conf.json', '{"_id":"a","type":"pipe","name":"A"}').value
    after = putFile(after, 'pipes/b.conf.json', null).value
    after = putFile(after, 'test-env.json', '{}').value
    after = putFile(after, '.pipewright.json', '{}').value
    expect(changesBetween(before, after).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'changed pipes/a.conf.json',
      'removed pipes/b.conf.json',
      'added test-env.json',
    ])
  })
})
