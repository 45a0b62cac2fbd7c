/** The daily counts: what is stored, which belong to an environment, and their growth. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf, readSamples, sampledFor } from '../../../engine-worker/subscription/samples.ts'
import { sampleOf, type UsedDataset, withSample } from '../../../engine-worker/subscription/usage.ts'

const usedDataset = (dataset: string, part: Partial<UsedDataset>): UsedDataset => ({
  ...{ dataset, pipe: dataset, isOfProject: true, system: null, group: null, durable: false, global: false },
  ...{ bytes: 0, counted: 0, entities: 0, versions: 0, readers: [], ...part },
})

describe('samples', () => {
  it('count a group alone, and all groups together as the whole', () => {
    const sizes = fc.array(
      fc.record({
        group: fc.constantFrom(null, 'crm', 'erp'),
        bytes: fc.nat(),
        durable: fc.boolean(),
        global: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(sizes, (parts) => {
        const sample = sampleOf(
          '2026-11-01',
          parts.map((part, at) => usedDataset(String(at), part)),
        )
        expect(sampledFor(sample, ['', 'crm', 'erp'])).toEqual(sampledFor(sample, null))
        const crm = parts.filter(({ group }) => group === 'crm').reduce((sum, { bytes }) => sum + bytes, 0)
        expect(sampledFor(sample, ['crm']).bytes).toBe(crm)
        expect(readSamples(JSON.parse(JSON.stringify([sample])))).toEqual([sample])
      }),
    )
  })

  it('keep datasets for the first day of a month and the latest day only', () => {
    const days = ['2026-09-01', '2026-09-02', '2026-10-01', '2026-10-02', '2026-10-03']
    const samples = days.reduce(
      (before, day) => withSample(before, sampleOf(day, [usedDataset('a', { bytes: 1 })])),
      readSamples(null),
    )
    expect(samples.map(({ datasets }) => Object.keys(datasets).length)).toEqual([1, 0, 1, 0, 1])
  })

  it('say what grew and why', () => {
    const before = sampleOf('2026-10-01', [
      usedDataset('new-entities', { bytes: 10, entities: 1, versions: 1 }),
      usedDataset('new-versions', { bytes: 10, entities: 1, versions: 1 }),
      usedDataset('same', { bytes: 5, entities: 1, versions: 1 }),
      usedDataset('gone', { bytes: 7, entities: 2, versions: 2 }),
    ])
    const after = sampleOf('2026-11-05', [
      usedDataset('new-entities', { bytes: 110, entities: 11, versions: 11 }),
      usedDataset('new-versions', { bytes: 60, entities: 1, versions: 11 }),
      usedDataset('same', { bytes: 5, entities: 1, versions: 1 }),
      usedDataset('came', { bytes: 3, entities: 4, versions: 4 }),
    ])
    expect(growthOf(withSample([before], after))).toEqual({
      since: '2026-10-01',
      changes: [
        { dataset: 'new-entities', bytes: 100, reason: 'entities', more: 10 },
        { dataset: 'new-versions', bytes: 50, reason: 'versions', more: 10 },
        { dataset: 'gone', bytes: -7, reason: 'gone', more: -2 },
        { dataset: 'came', bytes: 3, reason: 'new', more: 4 },
      ],
    })
    expect(growthOf([after])).toBeNull()
  })
})
