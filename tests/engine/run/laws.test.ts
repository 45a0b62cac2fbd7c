/** Laws of running: whatever the history, the result is that of a run from the beginning over the same data. */
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyingEngines } from '../../support/engines.ts'
import { asScenario, type History, histories, play, shown } from './histories.ts'

const LAWS = Number(process.env.LAWS ?? 300)

/** Checks a law; a counterexample is also written as a scenario file when LAWS_OUT names one. */
async function checkLaw(check: (history: History) => Promise<void>, share = 1) {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      try {
        await check(history)
      } catch (error) {
        const file = process.env.LAWS_OUT
        if (file) writeFileSync(file, asScenario(history))
        throw new Error(`${error instanceof Error ? error.message : error}\n\nAs a scenario:\n${asScenario(history)}`)
      }
    }),
    { numRuns: Math.ceil(LAWS * share), ...(process.env.LAWS_SEED ? { seed: Number(process.env.LAWS_SEED) } : {}) },
  )
}

describe('an incremental history', () => {
  it('ends in the state of a run from the beginning', { timeout: 3_600_000 }, async () => {
    await checkLaw(async (history) => {
      const [steps, once] = [await play(history, false), await play(history, true)]
      expect(once.problems).toEqual([])
      expect(shown(steps.live)).toEqual(shown(once.live))
    })
  })

  it('has nothing more to do when it is run again', { timeout: 3_600_000 }, async () => {
    await checkLaw(async (history) => {
      const again = await play(history, false, 'again')
      expect(again.changed).toBe(0)
    }, 0.2)
  })

  it('is not changed by a reset and a full run', { timeout: 3_600_000 }, async () => {
    await checkLaw(async (history) => {
      const [reset, once] = [await play(history, false, 'reset'), await play(history, true)]
      expect(shown(reset.live)).toEqual(shown(once.live))
    }, 0.2)
  })

  it('is the same, version by version, on several engines', { timeout: 3_600_000 }, async () => {
    await checkLaw(async (history) => {
      const [one, several] = [
        await play(history, false),
        await play(history, false, 'nothing', undefined, copyingEngines(3)),
      ]
      expect(several.versions).toEqual(one.versions)
      expect(several.problems).toEqual(one.problems)
    }, 0.3)
  })

  it('is the same when engines end in the middle', { timeout: 3_600_000 }, async () => {
    await checkLaw(async (history) => {
      const [one, several] = [
        await play(history, false),
        await play(history, false, 'nothing', undefined, copyingEngines(3, [3, 9])),
      ]
      expect(several.versions).toEqual(one.versions)
    }, 0.1)
  })
})
