/** Schedules that tick in the engine. */
import { expect, it } from 'vitest'
import type { RunResult } from '../../../engine-worker/run/progress.ts'
import { Scheduler } from '../../../engine-worker/run/scheduler.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from './histories.ts'

const second = 1_000_000_000n

it('runs what is due, tells of all pipes of a run, and goes on after a failure', async () => {
  const base = ticking()
  let waited = 0n
  const environment = {
    ...base,
    now: () => base.now() + waited,
    // Waiting moves the clock, so that days of schedules pass at once.
    pause: async (seconds: number) => {
      waited += BigInt(seconds) * second
      if (waited > 100n * second) void scheduler.stop()
    },
  }
  const session = new Session({ store: memoryStore(environment), environment })
  const embedded = (n: number) => ({ type: 'embedded', entities: [{ _id: String(n) }] })
  const pump = { schedule_interval: 30 }
  const pipes = [1, 2].map((n) => ({ _id: `p${n}`, type: 'pipe', source: embedded(n), pump }))
  session.open({ 'p.conf.json': JSON.stringify(pipes) })
  const results: RunResult[] = []
  const failures: unknown[] = []
  let looks = 0
  const scheduler: Scheduler = new Scheduler({
    environment,
    runDue: (run, progress) => {
      if (++looks === 2) throw new Error('once')
      return session.runDue(run, progress)
    },
    done: (result) => void results.push(result),
    failed: (error) => void failures.push(error),
  })
  scheduler.start()
  scheduler.start()
  while (scheduler.isOn) await new Promise((resolve) => setTimeout(resolve))
  await scheduler.stop()
  expect(results.map((result) => result.pipes.map(({ pipe }) => pipe))).toEqual(results.map(() => ['p1', 'p2']))
  expect(results).toHaveLength(3)
  expect(failures).toHaveLength(1)
})

it('ends its pause when it is stopped', async () => {
  const environment = ticking()
  let looks = 0
  const runDue = async () => {
    looks++
    return null
  }
  const scheduler = new Scheduler({ environment, runDue, tick: 1_000_000 })
  scheduler.start()
  while (looks === 0) await new Promise((resolve) => setTimeout(resolve))
  await scheduler.stop()
  expect([scheduler.isOn, looks]).toEqual([false, 1])
})
