/** Whether each capability runs in the page or on the server, for a project on a server. */
import { describe, expect, it } from 'vitest'
import { capabilities } from '../../../engine-worker/api/list.ts'
import { capabilityScope } from '../../../engine-worker/api/serve.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

describe('the scopes of capabilities', () => {
  it('are told to a page: of each capability, and of nothing else', async () => {
    const around = environment()
    const openStore = async () => memoryStore(around)
    const told = await testEngine({
      environment: around,
      fetch: null,
      openStore,
      deleteStore: async () => undefined,
    }).scopes()
    expect(told).toEqual(Object.fromEntries(capabilities.map(({ name, scope }) => [name, scope])))
  })

  it('have what changes stored data ask the deployed configuration, never a draft', () => {
    const changing = ['run', 'reset', 'resetBreaker', 'supply', 'receive', 'push', 'addKeyColumn', 'recording'] as const
    expect(changing.filter((name) => capabilityScope(name)?.startsWith('deployed') !== true)).toEqual([])
  })

  it('have what is about a project as it is edited ask the draft', () => {
    const about = ['open', 'update', 'preview', 'facts', 'lineage', 'tests', 'effect', 'rows', 'modelPipes'] as const
    expect(about.filter((name) => capabilityScope(name) !== 'draft')).toEqual([])
  })

  it('leave to the page what needs no project: nothing is told to a server that it need not know', () => {
    const own = ['ping', 'catalogue', 'inspectFile', 'planFiles', 'decideHost', 'permit'] as const
    expect(own.filter((name) => capabilityScope(name) !== 'page')).toEqual([])
  })
})
