/**
 * The generated node is valid in Sesam: it runs without problems, with its circular dependency and a merge of 19
 * datasets.
 */
import { describe, expect, it } from 'vitest'
import { largeNode } from '../support/large-node.ts'
import { memoryEngine } from '../support/memory-engine.ts'

describe('a generated node of about 300 pipes', () => {
  it('opens without errors, and its pipes run to the end', async () => {
    const engine = memoryEngine()
    const files = largeNode()
    const { problems } = await engine.open({ project: 'p', files, profile: 'test' })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const { pipes } = await engine.run({ run: '1' }, () => undefined)
    expect(
      pipes.filter(({ state }) => state === 'failed').map(({ pipe, problems: why }) => [pipe, why[0]?.message]),
    ).toEqual([])
    const merged = pipes.find(({ pipe }) => pipe === 'global-customer')
    expect(merged?.written).toBeGreaterThan(0)
  }, 120_000)
})
