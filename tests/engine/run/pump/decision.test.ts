/** How runs begin, as data; see configuration-pump.rst. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { type DecisionContext, decideRun } from '../../../../engine-worker/run/pump/decision.ts'
import { settingsOf } from '../../../../engine-worker/run/settings.ts'
import { newState } from '../../../../engine-worker/run/state.ts'
import { opened } from '../../connectors/open.ts'

const dataset = { type: 'dataset', dataset: 'in' }
/** A pump that has run before, up to the third entity of its source. */
const decide = async (config: JsonObject, more: Partial<DecisionContext> = {}) => {
  const pipe = opened({ pipe: { source: dataset, ...config } })
  const settings = settingsOf(pipe)
  const state = { ...newState, position: { in: [1, 3] }, fingerprint: settings.fingerprint }
  const base = { pipe, settings, state, options: { read: true }, reader: { valid: async () => true } }
  return decideRun({ ...base, services: { followConfiguration: false }, ...more })
}

describe('a run', () => {
  it('goes on where the last one ended', async () => {
    expect(await decide({})).toEqual({ kind: 'incremental' })
  })
  it('begins anew when that is asked for, and the first time', async () => {
    expect(await decide({}, { options: { read: true, full: true } })).toEqual({ kind: 'full', because: 'asked' })
    expect(await decide({}, { state: newState })).toEqual({ kind: 'full', because: 'first' })
    expect(await decide({}, { state: { ...newState, unfinished: 'again' } })).toMatchObject({ because: 'interrupted' })
    expect(await decide({}, { state: { ...newState, unfinished: 'onwards' } })).toEqual({ kind: 'incremental' })
  })
  it('begins anew when its position means nothing any more', async () => {
    expect(await decide({}, { reader: { valid: async () => false } })).toMatchObject({ because: 'position' })
  })
  it('begins anew, or a part of the way back, at every so many runs', async () => {
    const pump = { rescan_run_count: 3, partial_rescan_run_count: 2, partial_rescan_delta: 2 }
    const afterRuns = (runs: number) => decide({ pump }, { state: { ...newState, position: { in: [1, 3] }, runs } })
    expect(await afterRuns(0)).toEqual({ kind: 'incremental' })
    expect(await afterRuns(1)).toEqual({ kind: 'partial', position: { in: [1, 1] } })
    expect(await afterRuns(2)).toEqual({ kind: 'full', because: 'turn' })
  })
  it('begins anew when its configuration has changed, where it follows that', async () => {
    const state = { ...newState, position: { in: [1, 3] }, fingerprint: 'other' }
    expect(await decide({}, { state })).toEqual({ kind: 'incremental' })
    expect(await decide({ reprocessing_policy: 'automatic' }, { state })).toMatchObject({ because: 'configuration' })
    expect(await decide({}, { state, services: { followConfiguration: true } })).toMatchObject({ kind: 'full' })
  })
  it('reads a source without positions as a whole each time it reads it', async () => {
    const source = { type: 'embedded', entities: [] }
    const state = { ...newState, position: {} }
    expect(await decide({ source }, { state })).toEqual({ kind: 'full', because: 'whole' })
    expect(await decide({ source }, { state, options: { read: false } })).toEqual({ kind: 'incremental' })
  })
})
