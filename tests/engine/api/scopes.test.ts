/** Where each capability is asked when a project is on a server. */
import { describe, expect, it } from 'vitest'
import { capabilities } from '../../../engine-worker/api/list.ts'
import { capabilityScopes } from '../../../engine-worker/api/scopes.ts'

describe('the scopes of capabilities', () => {
  it('are said of each capability, and of nothing else', () => {
    expect(Object.keys(capabilityScopes).sort()).toEqual(capabilities.map(({ name }) => name).sort())
  })

  it('have what changes stored data ask the deployed configuration, never a draft', () => {
    const changing = ['run', 'reset', 'resetBreaker', 'supply', 'receive', 'push', 'addKeyColumn', 'recording'] as const
    expect(changing.filter((name) => capabilityScopes[name] !== 'deployed')).toEqual([])
  })

  it('have what is about a project as it is edited ask the draft', () => {
    const about = ['open', 'update', 'preview', 'facts', 'lineage', 'tests', 'effect', 'rows', 'modelPipes'] as const
    expect(about.filter((name) => capabilityScopes[name] !== 'draft')).toEqual([])
  })

  it('leave to the page what needs no project: nothing is told to a server that it need not know', () => {
    const own = ['ping', 'catalogue', 'inspectFile', 'planFiles', 'decideHost', 'permit'] as const
    expect(own.filter((name) => capabilityScopes[name] !== 'page')).toEqual([])
  })
})
