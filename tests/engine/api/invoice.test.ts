/** Invoices that are read for the page, and the differences between them and the daily counts. */
import { describe, expect, it } from 'vitest'
import { openedEngine } from '../../support/opened-engine.ts'

const csv = (...rows: readonly string[]) =>
  ['number,issued,currency,description,quantity,price,amount', ...rows].join('\n')

describe('invoices', () => {
  it('are read from CSV, several in a file, and refused with a reason', async () => {
    const { engine } = await openedEngine()
    const read = await engine.readInvoices({
      text: csv('7,2026-10-02,USD,Single compute,1,1352.00,1352.00', '8,2026-11-02,USD,Storage,60,22.88,1372.80'),
    })
    expect(read).toMatchObject([
      { number: '7', due: '2026-11-01', month: '2026-09', sum: '1352' },
      { number: '8', due: '2026-12-02', month: '2026-10', sum: '1372.8' },
    ])
    await expect(engine.readInvoices({ text: csv('7,2026-10-02,USD,Storage,70,22.88,1.00') })).rejects.toMatchObject({
      problem: { code: 'sums-differ' },
    })
    await expect(engine.readInvoices({ text: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' })).rejects.toMatchObject({
      problem: { code: 'unsafe-xml' },
    })
  })

  it('are held against the counts of their month', async () => {
    const { engine, store } = await openedEngine()
    const samples = [
      { day: '2026-09-10', bytes: 50_000_000_000 },
      { day: '2026-09-20', bytes: 70_000_000_000 },
      { day: '2026-10-01', bytes: 90_000_000_000 },
    ]
    await store.commit({ states: [{ key: 'usage-samples', value: samples }] })
    const [environment] = (await engine.subscription()).environments
    if (environment === undefined) throw new Error('no environment')
    const invoices = await engine.readInvoices({
      text: csv('7,2026-10-02,USD,Single compute,1,1352.00,1352.00', '7,2026-10-02,USD,Storage,70,22.88,1601.60'),
    })
    const [checked] = await engine.checkInvoices({ environment: { ...environment, invoices }, own: {} })
    expect(checked).toMatchObject({ days: 2, own: '2724.80', difference: '228.80' })
    expect(checked?.lines).toMatchObject([
      { description: 'Single compute', difference: '0.00', explanation: null },
      { description: 'Storage', difference: '228.80', explanation: { days: 'highest', day: '2026-09-20' } },
    ])
  })
})
