/** Each worked example of each function gives the declared result: one test an example. */
import { describe, expect, it } from 'vitest'
import { evaluateExample, runExample } from '../../../engine-worker/api/example.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { environment } from '../dtl/corpus.ts'

describe('worked examples', () => {
  for (const declaration of functions) {
    for (const [index, example] of declaration.examples.entries()) {
      it(`${declaration.kind} ${declaration.name} ${index + 1}: ${printJson(example.dtl).slice(0, 60)}`, async () => {
        const result = await evaluateExample(declaration, example, environment())
        expect(result.problem?.message).toBeUndefined()
        expect(result.passes, `gave ${result.gives}`).toBe(true)
      })
    }
  }

  it('says so when there is no such example', async () => {
    const result = await runExample('join', 99, environment())
    expect(result.passes).toBe(false)
    expect(result.problem?.code).toBe('no-such-example')
  })
})
