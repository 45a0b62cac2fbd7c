/** The list of capabilities: names are unique, and without an open project each answers with that problem. */
import { describe, expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { capabilities } from '../../../engine-worker/api/list.ts'
import { type EngineReply, serve } from '../../../engine-worker/api/serve.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { environment } from '../dtl/corpus.ts'

/** The answer of an engine without an open project. */
function answerOf(name: string, request: unknown): Promise<EngineReply> {
  const around = environment()
  const host = new EngineHost({
    environment: around,
    fetch: null,
    openStore: async () => memoryStore(around),
    deleteStore: async () => {},
  })
  return new Promise((resolve) => {
    const listen = serve(host, (reply) => {
      if ('answer' in reply || 'problem' in reply) resolve(reply)
    })
    listen({ id: 1, ask: name, request } as Parameters<typeof listen>[0])
  })
}

describe('the capabilities of the engine', () => {
  it('have a name each', () => {
    const names = capabilities.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(['datasets', 'run', 'tests', 'preview', 'rows', 'reset'])('%s says that no project is open', async (name) => {
    const reply = await answerOf(
      name,
      name === 'datasets' || name === 'tests' ? null : { pipe: 'p', dataset: 'd', run: 'r' },
    )
    expect(reply).toMatchObject({ id: 1, problem: { code: 'no-project-open' } })
  })

  it('are asked by name: another one is a problem, not silence', async () => {
    expect(await answerOf('never', null)).toHaveProperty('problem')
    expect(await answerOf('__proto__', null)).toHaveProperty('problem')
  })

  it('that need no project answer without one', async () => {
    expect(await answerOf('ping', null)).toHaveProperty('answer')
    expect(await answerOf('catalogue', null)).toHaveProperty('answer')
  })
})
