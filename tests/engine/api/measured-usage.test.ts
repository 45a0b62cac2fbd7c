/** An environment that runs elsewhere, and one whose usage is counted here. */
import { describe, expect, it } from 'vitest'
import { openedEngine } from '../../support/opened-engine.ts'

const pipe = {
  _id: 'a',
  type: 'pipe',
  metadata: { '$config-group': 'sales', durable: true },
  source: { type: 'embedded', entities: [{ _id: '1' }] },
}

describe('metrics of an environment', () => {
  it('count for it alone, in usage, prices and invoices, until they are forgotten', async () => {
    const { engine } = await openedEngine({ 'pipes/a.conf.json': JSON.stringify(pipe) })
    const [first] = (await engine.subscription()).environments
    if (first === undefined) throw new Error('no environment')
    const there = { ...first, id: 'there' }
    expect((await engine.keepMeasured({ environment: 'there', day: '2026-10-15', text: metrics(60e9) })).pipes).toBe(1)
    const usage = await engine.usage({ search: 0, environment: 'there', groups: ['sales'] })
    // Durable, although the pipe has never run here.
    expect([usage.measured, usage.amounts]).toEqual(['2026-10-15', { bytes: 60e9, durableBytes: 60e9 }])
    expect((await engine.usage({ search: 0, environment: first.id })).measured).toBeNull()
    const priced = await engine.environmentPrices({ environments: [first, there], own: {} })
    expect(priced.map(({ bytes, measured }) => [bytes, measured])).toEqual([
      [0, null],
      [60e9, '2026-10-15'],
    ])
    // 1,352 and 180 GB at 22.88.
    expect(priced[1]?.price).toMatchObject({ total: '5470.40' })
    const invoices = await engine.readInvoices({
      text: 'number,issued,currency,description,quantity,price,amount\n1,2026-11-02,USD,Storage,180,22.88,4118.40\n',
    })
    const [check] = await engine.checkInvoices({ environment: { ...there, invoices }, own: {} })
    expect(check?.lines[0]).toMatchObject({ difference: '0.00', own: { quantity: '180' } })
    await engine.forgetMeasured({ environment: 'there' })
    expect((await engine.usage({ search: 0, environment: 'there' })).measured).toBeNull()
  })
})

function metrics(bytes: number): string {
  return `sesam_pipe_usage{pipe="a"} ${bytes}\n`
}
