/** Suggested savings, with the effect of each on the current data. */
import { describe, expect, it } from 'vitest'
import { openedEngine } from '../../support/opened-engine.ts'

const entities = Array.from({ length: 20 }, (_, at) => ({ _id: String(at), text: 'x'.repeat(200) }))
const pipe = (id: string, more: object) => [`pipes/${id}.conf.json`, JSON.stringify({ _id: id, type: 'pipe', ...more })]
const files = (value: string) =>
  Object.fromEntries([
    pipe('read', {
      source: { type: 'embedded', entities: entities.map((each) => ({ ...each, value })) },
      metadata: { durable: true },
    }),
    pipe('unread', { source: { type: 'dataset', dataset: 'read' } }),
  ])
const settings = { plan: 'single', engines: 4, vpn: false, sla: 'none', fixedGb: null, search: 0 } as const
const ownPrices = { storage: '1000000' }

/** A project whose entities were written a number of times. */
async function ran(times: number) {
  const { engine } = await openedEngine(files('0'))
  for (let time = 0; time < times; time++) {
    await engine.update({ files: files(String(time)) })
    await engine.run({ run: String(time), full: true })
  }
  const keysOf = async (more: object = {}) => {
    const { savings } = await engine.savings({ settings, own: ownPrices, ...more })
    return savings.map(({ kind, dataset, keep }) => [kind, dataset, keep].filter((part) => part !== null).join(' '))
  }
  return { engine, keysOf }
}

describe('savings', () => {
  it('are unused and durable data, and a fixed price, where each entity has one version', async () => {
    const { keysOf } = await ran(1)
    expect((await keysOf()).toSorted()).toEqual(['durable read', 'fixed', 'unused unread'])
    expect(await keysOf({ settings: { ...settings, fixedGb: '10' } })).not.toContain('fixed')
    expect(await keysOf({ settings: { ...settings, plan: 'developer' } })).not.toContain('fixed')
  })

  it('are older versions too, the more the fewer are kept', async () => {
    const { engine } = await ran(3)
    const { savings } = await engine.savings({ settings, own: ownPrices })
    const bytes = (keep: number) =>
      savings.find(({ kind, dataset, keep: kept }) => kind === 'versions' && dataset === 'read' && kept === keep)
        ?.bytes ?? 0
    expect(bytes(2)).toBeGreaterThan(0)
    expect(bytes(1)).toBeGreaterThan(bytes(2))
  })

  it('leave the data as it is', async () => {
    const { engine } = await ran(2)
    const before = await engine.datasets()
    const { savings } = await engine.savings({ settings, own: ownPrices })
    await engine.savings({ settings, own: ownPrices, chosen: savings.map(({ key }) => key) })
    expect(await engine.datasets()).toEqual(before)
  })

  it('that are not there save nothing together', async () => {
    const { engine } = await ran(1)
    expect((await engine.savings({ settings, own: ownPrices, chosen: ['no such saving'] })).together).toBe('0.00')
  })

  it('are those of the groups that are counted', async () => {
    const { keysOf } = await ran(1)
    expect(await keysOf({ groups: ['crm'] })).toEqual([])
    expect((await keysOf({ groups: [''] })).toSorted()).toEqual(await keysOf().then((keys) => keys.toSorted()))
  })
})
