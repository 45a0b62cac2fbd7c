import { describe, expect, it } from 'vitest'
import { followable, outcomeAt } from '../../../app/pipe/outcome.ts'
import type { Preview } from '../../../engine-worker/api/preview.ts'
import type { StagePreview } from '../../../engine-worker/api/preview-items.ts'

const stage = (name: string, made: readonly (readonly [string, number])[], more: Partial<StagePreview> = {}) => ({
  stage: name,
  entities: made.map(([id]) => JSON.stringify({ _id: id })),
  origins: made.map(([, origin]) => origin),
  total: made.length,
  filtered: 0,
  failed: 0,
  problems: [],
  stopped: [],
  ...more,
})
const preview = (followed: number | null, ...stages: StagePreview[]): Preview => ({
  stages,
  followed,
  trace: [
    { path: 'transform/rules/default/0', value: null, times: 1, stopped: true },
    { path: 'transform/rules/default/0/2', value: null, times: 1, stopped: true },
    { path: 'transform/rules/default/0/1', value: 'true', times: 1 },
  ],
  problems: [],
  milliseconds: 1,
})
const source = stage('source', [
  ['a', 0],
  ['b', 1],
])

describe('the outcome of an entity', () => {
  it('is what the entity became, and nothing that another became', () => {
    const children = stage('transform/0', [
      ['a1', 0],
      ['b1', 1],
      ['a2', 0],
    ])
    const ids = outcomeAt(preview(0, source, children), 'transform/0').entities.map((text) => JSON.parse(text)._id)
    expect(ids).toEqual(['a1', 'a2'])
  })

  it('names the stage and the innermost step that stopped it, at every later stage too', () => {
    const filtered = stage('transform/0', [['b', 1]], { stopped: [{ origin: 0, how: 'filtered' }] })
    const all = preview(0, source, filtered, stage('transform/1', [['b', 1]]), stage('sink', [['b', 1]]))
    for (const name of ['transform/0', 'transform/1', 'sink']) {
      expect(outcomeAt(all, name)).toEqual({
        entities: [],
        stopped: { stage: 'transform/0', how: 'filtered', step: 'transform/0/rules/default/0/2' },
        replaced: [],
      })
    }
    expect(outcomeAt(all, 'source').stopped).toBeNull()
    expect(outcomeAt({ ...all, followed: 1 }, 'sink').entities).toHaveLength(1)
  })

  it('says when a later entity takes its `_id` in the sink', () => {
    const sink = stage('sink', [
      ['same', 0],
      ['same', 1],
    ])
    expect(outcomeAt(preview(0, source, sink), 'sink').replaced).toEqual(['same'])
    expect(outcomeAt(preview(1, source, sink), 'sink').replaced).toEqual([])
  })

  it('is empty without a followed entity; pinned entities can be followed, too', () => {
    const pinned = stage('transform/0', [
      ['a', 0],
      ['pinned', 2],
    ])
    expect(outcomeAt(preview(null, source, pinned), 'transform/0')).toEqual({
      entities: [],
      stopped: null,
      replaced: [],
    })
    expect(followable(preview(0, source, pinned)).map(({ id }) => id)).toEqual(['a', 'b', 'pinned'])
  })
})
