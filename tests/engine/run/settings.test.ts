/** What a configuration says about running, with the documented defaults filled in. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { settingsOf } from '../../../engine-worker/run/settings.ts'
import { opened } from '../connectors/open.ts'
import { dtl } from './engine.ts'

const source = { type: 'dataset', dataset: 'in' }
const settings = (pipe: JsonObject, metadata?: JsonObject) =>
  settingsOf(opened({ pipe: { source, ...pipe }, ...(metadata ? { metadata } : {}) }))

describe('the settings of a pipe', () => {
  it('are the documented defaults where nothing is said', () => {
    expect(settings({})).toMatchObject({
      deletionTracking: true,
      changeTracking: true,
      replicated: false,
      setInitialOffset: 'if-source-populated',
      breakerCount: null,
      preventVersions: false,
      mode: 'scheduled',
      maxRetriesPerEntity: 5,
      maxConsecutiveWriteErrors: 1,
      maxWriteErrorsInRetryDataset: 0,
      fallbackToSingle: true,
      batchRetries: 3,
      deadLetterDataset: null,
      batchSize: 100,
      requirePopulated: null,
      ignoreMissingInitial: true,
      reprocess: false,
      failAt: Number.POSITIVE_INFINITY,
    })
  })

  it('are read once for a pipe', () => {
    const pipe = opened({ pipe: { source } })
    expect(settingsOf(pipe)).toBe(settingsOf(pipe))
  })

  it('of a replicated dataset have no deletion tracking and no circuit breaker', () => {
    const sink = { type: 'replicated_dataset', circuit_breaker_threshold_count: 5, deletion_tracking: true }
    expect(settings({ sink })).toMatchObject({ replicated: true, deletionTracking: false, breakerCount: null })
  })

  it('name the dead letters by the pump, or by the pipe', () => {
    const deadLettersOf = (pump: JsonObject) => settings({ pump }).deadLetterDataset
    expect(deadLettersOf({ dead_letter_dataset: 'dead' })).toBe('dead')
    expect(deadLettersOf({ use_dead_letter_dataset: true })).toBe('system:dead-letter:p')
    expect(deadLettersOf({ use_dead_letter_dataset: false })).toBeNull()
  })

  it('of the pipe count before those of the node', () => {
    const node = {
      global_defaults: { max_entity_bytes_size: 10 },
      dependency_tracking: { dependency_error_threshold: 7 },
    }
    expect(settings({}, node)).toMatchObject({ maxEntityBytes: 10, failAt: 7 })
    const own = { sink: { max_entity_bytes_size: 20 }, dependency_tracking: { dependency_error_threshold: 9 } }
    expect(settings(own, node)).toMatchObject({ maxEntityBytes: 20, failAt: 9 })
  })

  it('keep children where a rule makes some, unless the sink says otherwise', () => {
    const transform = dtl([['create-child', '_S.lines']])
    expect(settings({ transform }).trackChildren).toBe(true)
    expect(settings({ transform, sink: { type: 'dataset', track_children: false } }).trackChildren).toBe(false)
    expect(settings({}).trackChildren).toBe(false)
  })

  it('say which datasets have to be populated', () => {
    const union = { type: 'union_datasets', datasets: ['a', 'b'], require_populated_input: true }
    expect(settings({ source: union }).requirePopulated).toEqual(['a', 'b'])
    expect(settings({ source: { ...union, initial_datasets: ['b'] } }).requirePopulated).toEqual(['b'])
  })

  it('see the pipe’s own output where a rule looks it up', () => {
    const hops = (dataset: string) =>
      dtl([['add', 'n', ['hops', { datasets: [`${dataset} d`], where: [['eq', '_S._id', 'd._id']] }]]])
    expect(settings({ transform: hops('p') }).seesOwnOutput).toBe(true)
    expect(settings({ transform: hops('q') }).seesOwnOutput).toBe(false)
  })

  it('take text and signs that are no settings for none', () => {
    expect(settings({ batch_size: 'many', pump: { max_retries_per_entity: null } })).toMatchObject({
      batchSize: 100,
      maxRetriesPerEntity: 5,
    })
    expect(settings({ batch_size: 0 }).batchSize).toBe(1)
  })
})

describe('the fingerprint', () => {
  const of = (pipe: JsonObject) => settings(pipe).fingerprint
  const rule = (value: string) => ({ transform: dtl([['add', 'v', value]]) })

  it('changes with all that shapes what comes out', () => {
    const all: readonly JsonObject[] = [
      {},
      rule('a'),
      rule('b'),
      { source: { type: 'dataset', dataset: 'other' } },
      { sink: { type: 'dataset', dataset: 'elsewhere' } },
      { add_namespaces: true, namespaced_identifiers: true },
    ]
    expect(new Set(all.map(of)).size).toBe(all.length)
  })

  it('stays where only the pump, a batch or a comment is another', () => {
    expect(of({ ...rule('a'), pump: { schedule_interval: 5 }, batch_size: 7, description: 'x' })).toBe(of(rule('a')))
  })

  it('has the source apart from the rest: what a merge remembers depends on its rules', () => {
    const [first, rest] = of(rule('a')).split(' ')
    expect(of(rule('b')).split(' ')[0]).toBe(first)
    expect(of({ ...rule('a'), source: { type: 'dataset', dataset: 'other' } }).split(' ')[1]).toBe(rest)
  })
})
