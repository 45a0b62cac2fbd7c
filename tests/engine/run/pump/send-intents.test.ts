/** Records of entities that were being sent when a process ended. */
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../../engine-worker/config/project/system-datasets.ts'
import { SendIntents } from '../../../../engine-worker/run/pump/send-intents.ts'
import { engine } from '../engine.ts'

function setUp() {
  const { session, store } = engine([])
  const { store: indexed } = session.runner
  /** The intents as the next run finds them. */
  const nextRun = async () => {
    const intents = new SendIntents('p', indexed)
    await intents.load()
    return intents
  }
  return {
    store,
    nextRun,
    commit: (states: Parameters<typeof store.commit>[0]['states']) => store.commit({ states: states ?? [] }),
  }
}
const [a, b] = [
  { _id: 'a', v: 1 },
  { _id: 'b', v: 1 },
]

describe('an entity', () => {
  it('is unknown before it was about to be sent, and is something else in another version', async () => {
    const { nextRun } = setUp()
    await (await nextRun()).begin([a])
    const next = await nextRun()
    expect(next.earlier(a)).toBe('in doubt')
    expect(next.earlier(b)).toBeNull()
    expect(next.earlier({ ...a, v: 2 })).toBeNull()
    expect(next.earlier({ ...a, _deleted: true })).toBeNull()
  })

  it('is answered once the next one has been written down, or the answer was kept', async () => {
    const { nextRun, commit } = setUp()
    const first = await nextRun()
    await first.begin([a])
    first.answered()
    // Killed here, before the answer is recorded.
    expect((await nextRun()).earlier(a)).toBe('in doubt')
    await first.begin([b])
    expect((await nextRun()).earlier(a)).toBe('answered')
    expect((await nextRun()).earlier(b)).toBe('in doubt')
    first.answered()
    await commit(first.keep())
    expect((await nextRun()).earlier(b)).toBe('answered')
    expect(first.keep()).toEqual([])
  })

  it('that was refused leaves no doubt', async () => {
    const { nextRun } = setUp()
    const first = await nextRun()
    await first.begin([a])
    await first.refused()
    expect((await nextRun()).earlier(a)).toBeNull()
  })

  it('in doubt is said once, in the execution log too, and may be sent by the run after', async () => {
    const { nextRun, store } = setUp()
    await (await nextRun()).begin([a, b])
    const problems = await (await nextRun()).say([a], 1_700_000_000_000_000_000n)
    expect(problems).toMatchObject([{ code: 'send-in-doubt', facts: { id: 'a' } }])
    const [event] = await store.lookup(executionLog('p'), ['send-in-doubt'])
    expect(event).toMatchObject({ entities: ['a'] })
    // They were sent together, so both have the same state.
    expect((await nextRun()).earlier(a)).toBeNull()
    expect((await nextRun()).earlier(b)).toBeNull()
  })

  it('is forgotten with the commit that makes it part of the position', async () => {
    const { nextRun, commit, store } = setUp()
    await (await nextRun()).begin([a])
    const next = await nextRun()
    await next.begin([b])
    await commit(next.clear())
    expect((await nextRun()).earlier(a)).toBeNull()
    const left = []
    for await (const { key } of store.states('')) if (key.includes('intent')) left.push(key)
    expect(left).toEqual([])
  })
})
