/** Turns of the event loop for other work, and how work rests while pipes run. */
import { describe, expect, it } from 'vitest'
import type { Environment } from '../../../engine-worker/environment.ts'
import { turn, turnAfterRuns, turnsBesideRuns } from '../../../engine-worker/run/turn.ts'

/** An environment whose pauses advance its clock, and are recorded in seconds. */
function pausing(afterPause: (pauses: number) => void = () => undefined) {
  let now = 0n
  const pauses: number[] = []
  const environment: Environment = {
    now: () => now,
    random: () => 0,
    randomBytes: (length) => new Uint8Array(length),
    pause: async (seconds) => {
      now += BigInt(Math.round(seconds * 1e9))
      pauses.push(seconds)
      afterPause(pauses.length)
    },
  }
  const workFor = (seconds: number) => {
    now += BigInt(seconds * 1e9)
  }
  return { environment, pauses, work: workFor }
}

const neverAborted = new AbortController().signal

describe('a turn', () => {
  it('lets work that waits for an event come first', async () => {
    const order: string[] = []
    setImmediate(() => order.push('event'))
    await turn()
    order.push('work')
    expect(order).toEqual(['event', 'work'])
  })

  it('is given to each of several that wait at the same time, in their order', async () => {
    const order: number[] = []
    await Promise.all([1, 2, 3].map((each) => turn().then(() => order.push(each))))
    expect(order).toEqual([1, 2, 3])
  })
})

describe('a turn after runs', () => {
  it('does not pause when no pipe runs', async () => {
    const { environment, pauses } = pausing()
    await turnAfterRuns(environment, () => false)(neverAborted)
    expect(pauses).toEqual([])
  })

  it('ends when the last pipe has ended', async () => {
    let isRunning = true
    const { environment, pauses } = pausing((n) => {
      isRunning = n < 3
    })
    await turnAfterRuns(environment, () => isRunning)(neverAborted)
    expect(pauses).toHaveLength(3)
  })

  it('ends while pipes run when it is aborted', async () => {
    const controller = new AbortController()
    const { environment, pauses } = pausing((n) => {
      if (n === 2) controller.abort()
    })
    await turnAfterRuns(environment, () => true)(controller.signal)
    expect(pauses).toHaveLength(2)
  })
})

describe('turns beside runs', () => {
  const milliseconds = (pauses: readonly number[]) => pauses.map((seconds) => Math.round(seconds * 1000))

  it('rest nine times as long as the work took, in short pieces', async () => {
    const { environment, pauses, work } = pausing()
    const rest = turnsBesideRuns(environment, () => true)()
    await rest()
    work(0.01)
    await rest()
    expect(milliseconds(pauses)).toEqual([90])
    work(0.1)
    await rest()
    expect(milliseconds(pauses)).toEqual([90, 200, 200, 200, 200, 100])
  })

  it('do not count rests as work', async () => {
    const { environment, pauses, work } = pausing()
    const rest = turnsBesideRuns(environment, () => true)()
    work(0.01)
    await rest()
    await rest()
    expect(milliseconds(pauses)).toEqual([90])
  })

  it('do not rest when no pipe runs, and no longer than pipes run', async () => {
    let isRunning = false
    const { environment, pauses, work } = pausing((n) => {
      isRunning = n < 2
    })
    const rest = turnsBesideRuns(environment, () => isRunning)()
    work(0.01)
    await rest()
    expect(pauses).toEqual([])
    isRunning = true
    work(1)
    await rest()
    expect(milliseconds(pauses)).toEqual([200, 200])
  })
})
