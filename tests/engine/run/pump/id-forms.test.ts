/** Ids that differ only in their Unicode normal form are reported, in one batch or in several. */
import { describe, expect, it } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

const composedName = 'Andr\u00e9'
const decomposed = 'Andre\u0301'

function setUp() {
  const environment = ticking()
  const session = new Session({ store: memoryStore(environment), environment })
  const runWith = async (entities: readonly Entity[]) => {
    const pipe = { _id: 'people', type: 'pipe', source: { type: 'embedded', entities } }
    session.open({ 'p.conf.json': JSON.stringify([pipe]) })
    const { state, pipes } = await session.run({ run: '1' })
    return { state, problems: pipes.flatMap(({ problems }) => problems.map(({ code, facts }) => ({ code, facts }))) }
  }
  return { session, run: runWith }
}

describe('ids that differ in normal form only', () => {
  it('are two entities, and are said to be', async () => {
    const { run, session } = setUp()
    const { state, problems } = await run([{ _id: composedName }, { _id: decomposed }, { _id: 'plain' }])
    expect(state).toBe('done')
    expect(problems).toMatchObject([{ code: 'ids-look-alike', facts: { dataset: 'people', entities: 2 } }])
    expect((await session.runner.store.store.info('people'))?.live).toBe(3)
  })

  it('are found where the other one was written by an earlier run, and not where it is deleted', async () => {
    const { run } = setUp()
    expect((await run([{ _id: decomposed }])).problems).toEqual([])
    expect((await run([{ _id: decomposed }, { _id: composedName }])).problems).toMatchObject([
      { code: 'ids-look-alike' },
    ])
    const gone = setUp()
    await gone.run([{ _id: decomposed }])
    await gone.run([])
    expect((await gone.run([{ _id: composedName }])).problems).toEqual([])
  })

  it('leave other ids alone', async () => {
    const { run } = setUp()
    expect((await run([{ _id: composedName }, { _id: 'Andre' }, { _id: 'ANDR\u00c9' }])).problems).toEqual([])
  })
})
