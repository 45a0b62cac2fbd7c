/** An invoice that is read for the page, and what is found when it is held against own prices. */
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'
import { environment } from '../dtl/corpus.ts'

describe('an invoice', () => {
  const csv = (storage: string) =>
    `number,issued,currency,description,quantity,price,amount\n7,2026-10-02,USD,Single compute,1,1352.00,1352.00\n7,2026-10-02,USD,Storage,${storage}`
  const own = [
    { entry: 'single', quantity: '1', price: '1352' },
    { entry: 'storage', quantity: '60', price: '22.88' },
  ]

  it('is held against the own price line by line', async () => {
    const engine = testEngine({
      environment: environment(),
      fetch: null,
      openStore: async () => memoryStore(environment()),
      deleteStore: async () => undefined,
    })
    const same = await engine.readInvoice({ text: csv('60,22.88,1372.80'), own })
    expect(same.invoice).toMatchObject({ number: '7', due: '2026-11-01', sum: '2724.8' })
    expect(same.problems.map(({ code }) => code)).toEqual(['due-computed'])
    const more = await engine.readInvoice({ text: csv('70,22.88,1601.60'), own })
    expect(more.problems.map(({ code }) => code)).toEqual(['due-computed', 'quantity-differs'])
    await expect(engine.readInvoice({ text: csv('70,22.88,1.00'), own })).rejects.toMatchObject({
      problem: { code: 'sums-differ' },
    })
    await expect(engine.readInvoice({ text: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', own })).rejects.toMatchObject({
      problem: { code: 'unsafe-xml' },
    })
  })
})
