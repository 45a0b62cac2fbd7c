import { describe, expect, it } from 'vitest'
import { statesOf, withEvent, withoutEmptied } from '../../../../app/store/engine/run-progress.ts'
import type { DatasetSummary } from '../../../../engine-worker/api/datasets.ts'
import type { PipeFacts } from '../../../../engine-worker/config/project/facts.ts'
import type { PipeProgress, RunResult } from '../../../../engine-worker/run/progress.ts'

const pipe = (name: string, state: PipeProgress['state'], written = 1): PipeProgress => ({
  pipe: name,
  state,
  read: 1,
  written,
  deleted: 0,
  unchanged: 0,
  filtered: 0,
  reprocessed: 0,
  milliseconds: 1,
  problems: [],
})
const runEvent = (...pipes: PipeProgress[]): { result: RunResult } => ({
  result: { run: 'r', state: 'done', rounds: 1, milliseconds: 1, pipes },
})

describe('a run that is followed', () => {
  it('keeps the pipes that an event does not name', () => {
    const begun = withEvent(
      { run: 'r', started: 5, round: 0, pipes: [] },
      { run: 'r', round: 1, pipes: [pipe('a', 'waiting'), pipe('b', 'waiting'), pipe('c', 'waiting')] },
    )
    const later = withEvent(begun, { run: 'r', round: 2, pipes: [pipe('b', 'done')] })
    expect(later.pipes.map(({ pipe: name, state }) => [name, state])).toEqual([
      ['a', 'waiting'],
      ['b', 'done'],
      ['c', 'waiting'],
    ])
    expect([later.started, later.round]).toEqual([5, 2])
  })
})

describe('the states of pipes after a reload', () => {
  const states = statesOf([
    runEvent(pipe('a', 'failed')),
    runEvent(pipe('a', 'done'), pipe('b', 'done')),
    runEvent(pipe('c', 'done', 0)),
  ])

  it('are those of the newest run of each', () => {
    expect(
      Object.values(states)
        .map(({ pipe: name, state }) => `${name} ${state}`)
        .sort(),
    ).toEqual(['a failed', 'b done', 'c done'])
    expect(statesOf([])).toEqual({})
  })

  it('are forgotten where what was written has been emptied since', () => {
    const facts = ['a', 'b', 'c'].map((name) => ({ pipe: name, writes: name }) as PipeFacts)
    const datasets = [{ name: 'a', versions: 3 } as DatasetSummary, { name: 'b', versions: 0 } as DatasetSummary]
    expect(Object.keys(withoutEmptied(states, facts, datasets)).sort()).toEqual(['a', 'c'])
  })
})
