/** Runs that the page starts and follows, and runs that others start on a server. */
import 'fake-indexeddb/auto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { followProject, syncWorker } from '../../../../app/store/engine/open-project.ts'
import {
  cancelOpenRun,
  endOthersRun,
  followScheduledRuns,
  resetPipeBreaker,
  showOthersRun,
  startRun,
} from '../../../../app/store/engine/runs.ts'
import { useEngine } from '../../../../app/store/engine/state.ts'
import { showProject } from '../../../../app/store/project/project.ts'
import { type PipeProgress, projectOf, type RunEvent, type RunResult } from '../../../../engine-worker/index.ts'
import { pageWithWorkers } from '../../../support/local-worker.ts'

let projects = 0

const pipes = [
  { _id: 'people', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }, { _id: '2' }, { _id: '3' }] } },
  {
    _id: 'slow',
    type: 'pipe',
    batch_size: 1,
    source: { type: 'dataset', dataset: 'people' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['sleep!', 0.05],
          ['copy', '*'],
        ],
      },
    },
  },
  {
    _id: 'failing',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'people' },
    transform: { type: 'dtl', rules: { default: [['fail!', 'no']] } },
  },
]

beforeAll(() => {
  pageWithWorkers()
  followProject()
})
beforeEach(async () => {
  const files = pipes.map((pipe) => ({ path: `pipes/${pipe._id}.conf.json`, content: JSON.stringify(pipe) }))
  const content = projectOf(files).value
  const id = `p${++projects}`
  showProject(id, { name: id, profile: 'test', content }, content, false)
  await syncWorker()
})

const lastStates = () =>
  Object.fromEntries(Object.entries(useEngine.getState().last).map(([pipe, { state }]) => [pipe, state]))
const waitUntil = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}
const progressOf = (pipe: string, state: PipeProgress['state']): PipeProgress => ({
  ...(Object.values(useEngine.getState().last)[0] as PipeProgress),
  pipe,
  state,
})

describe('a run', () => {
  it('is shown while it is under way, and afterwards its pipes and datasets stand as it left them', async () => {
    const run = startRun({ pipes: ['people', 'slow'] })
    expect(useEngine.getState().running).toMatchObject({ pipes: [] })
    const result = await run
    expect(result).toMatchObject({ state: 'done' })
    expect(useEngine.getState().running).toBeNull()
    expect(lastStates()).toEqual({ people: 'done', slow: 'done' })
    await waitUntil(() => useEngine.getState().datasets.some(({ name, live }) => name === 'slow' && live === 3))
  })

  it('is one at a time', async () => {
    const first = startRun({ pipes: ['people'] })
    await expect(startRun({ pipes: ['people'] })).rejects.toThrow('a run is under way')
    expect(await first).toMatchObject({ state: 'done' })
    expect(await startRun({ pipes: ['people'] })).toMatchObject({ state: 'done' })
  })

  it('says which pipe has failed', async () => {
    await startRun({ pipes: ['people', 'failing'] })
    expect(lastStates()).toMatchObject({ people: 'done', failing: 'failed' })
  })

  it('that is not under way is not cancelled', () => {
    cancelOpenRun()
    expect(useEngine.getState().running).toBeNull()
  })
})

describe('a run of somebody else', () => {
  const event = (run: string, ...shown: PipeProgress[]): RunEvent => ({ run, round: 1, pipes: shown })
  const runResult = (run: string, ...shown: PipeProgress[]): RunResult => ({
    run,
    state: 'done',
    rounds: 1,
    milliseconds: 1,
    pipes: shown,
  })

  it('is followed until it ends', async () => {
    await startRun({ pipes: ['people'] })
    showOthersRun(event('theirs', progressOf('people', 'running')))
    showOthersRun(event('theirs', progressOf('slow', 'running')))
    expect(useEngine.getState().running?.pipes.map(({ pipe }) => pipe)).toEqual(['people', 'slow'])
    expect(endOthersRun(runResult('theirs', progressOf('people', 'done'), progressOf('slow', 'done')))).toBe(true)
    expect(useEngine.getState().running).toBeNull()
    expect(lastStates()).toEqual({ people: 'done', slow: 'done' })
  })

  it('is not shown over one of this page, and does not end it', async () => {
    const run = startRun({ pipes: ['people'] })
    const own = useEngine.getState().running?.run ?? ''
    await waitUntil(() => Object.keys(lastStates()).length > 0)
    if (useEngine.getState().running) {
      showOthersRun(event('theirs', progressOf('slow', 'running')))
      expect(useEngine.getState().running?.run).toBe(own)
      endOthersRun(null)
      expect(useEngine.getState().running?.run).toBe(own)
    }
    await run
    showOthersRun(event(own, progressOf('people', 'running')))
    expect(useEngine.getState().running).toBeNull()
    expect(endOthersRun(runResult(own))).toBe(false)
  })

  it('is no longer shown when there is no news of it any more', async () => {
    await startRun({ pipes: ['people'] })
    showOthersRun(event('theirs', progressOf('people', 'running')))
    expect(endOthersRun(null)).toBe(false)
    expect(useEngine.getState().running).toBeNull()
  })
})

describe('runs by the schedules of pumps', () => {
  it('do not begin where they were not wanted from the start', async () => {
    const results: RunResult[] = []
    await followScheduledRuns(AbortSignal.abort(), (result) => void results.push(result))
    expect(results).toEqual([])
  })
})

describe('the circuit breaker of a pipe', () => {
  it('is settled, and the state of its last run is not shown any more', async () => {
    await startRun({ pipes: ['people'] })
    expect(lastStates()).toHaveProperty('people')
    await resetPipeBreaker('people', 'rollback')
    expect(lastStates()).not.toHaveProperty('people')
  })
})
