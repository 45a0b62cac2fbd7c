/** The subscription of the open project; figures are compared with an independent calculation from the store. */
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'
import { environment } from '../dtl/corpus.ts'

const pipe = (_id: string, more: object) => [`pipes/${_id}.conf.json`, JSON.stringify({ _id, type: 'pipe', ...more })]
const entities = (count: number, version: number) =>
  Array.from({ length: count }, (_, at) => ({ _id: String(at), version, text: 'x'.repeat(100) }))
const files = (version: number) =>
  Object.fromEntries([
    pipe('crm-customer', {
      source: { type: 'embedded', entities: entities(50, version) },
      metadata: { durable: true, '$config-group': 'crm' },
    }),
    pipe('global-customer', {
      source: { type: 'dataset', dataset: 'crm-customer' },
      metadata: { global: true },
    }),
  ])

const settings = { plan: 'single', engines: 8, vpn: true, sla: 'standard', fixedGb: null, search: 0 } as const

async function ran() {
  const around = environment()
  const store = memoryStore(around)
  const engine = testEngine({ ...memoryPlatform(around), openStore: async () => store })
  for (const version of [1, 2, 3]) {
    await engine.open({ project: 'p', files: files(version) })
    await engine.run({ run: String(version) })
  }
  return { engine, store }
}

describe('usage', () => {
  it('counts durable data three times and searched global data once or twice more', async () => {
    const { engine, store } = await ran()
    const { datasets, amounts, samples } = await engine.usage({ search: 1 })
    const bytes = new Map((await store.list()).map(({ name, bytes }) => [name, bytes]))
    const own = bytes.get('crm-customer') ?? 0
    const golden = bytes.get('global-customer') ?? 0
    expect(own).toBeGreaterThan(5000)
    const by = new Map(datasets.map((each) => [each.dataset, each]))
    expect(by.get('crm-customer')).toMatchObject({ counted: own * 3, group: 'crm', entities: 50, versions: 150 })
    expect(by.get('crm-customer')?.readers).toEqual(['global-customer'])
    expect(by.get('global-customer')).toMatchObject({ counted: golden * 2, readers: [] })
    expect(amounts).toEqual({ bytes: own + golden * 2, durableBytes: own })
    // The runs have made one sample already, for this day.
    expect(samples).toHaveLength(1)
    expect(samples[0]).toMatchObject({ bytes: own + golden, durableBytes: own, globalBytes: golden })
    expect(datasets.reduce((sum, { entities }) => sum + entities, 0)).toBe(100)
  })

  it('says what would save, by the data that would be left', async () => {
    const { engine, store } = await ran()
    const { savings: found } = await engine.savings({
      settings: { ...settings, sla: 'none' },
      own: { storage: '1000000', vpn: '0' },
    })
    const texts: string[] = []
    for await (const batch of store.rows('crm-customer', { history: true }))
      for (let at = 0; at < batch.updated.length; at++) texts.push(batch.text(at))
    const length = (some: string[]) => some.reduce((sum, each) => sum + each.length, 0)
    const bytes = (await store.info('crm-customer'))?.bytes ?? 0
    // Three runs of fifty: the last hundred are the two latest versions of each entity.
    const kept = Math.round((bytes * length(texts.slice(50))) / length(texts))
    const versions = found.find(
      ({ kind, dataset, keep }) => kind === 'versions' && dataset === 'crm-customer' && keep === 2,
    )
    expect(versions?.bytes).toBe((bytes - kept) * 3)
    // A million for a GB is a thousandth for a byte.
    expect(Number(versions?.saves)).toBeCloseTo(((bytes - kept) * 3) / 1000, 1)
    expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['unused', 'durable', 'versions', 'fixed']))
    expect(found.filter(({ kind }) => kind === 'unused').map(({ dataset }) => dataset)).toEqual(['global-customer'])
  })
})

describe('the ledger', () => {
  it('comes back as it was kept, and never with a key', async () => {
    const { engine } = await ran()
    const vpn = { enable_bgp: false, connections: [{ gateway_address: 'a.example.com', shared_key: 'secret-secret' }] }
    const [first] = (await engine.subscription()).environments
    if (first === undefined) throw new Error('no environment')
    const kept = await engine.keepSubscription({
      prices: { storage: '20.5' },
      environments: [{ ...first, settings, vpn }],
    })
    expect(kept).toMatchObject({ environments: [{ settings }], prices: { storage: '20.5' } })
    expect(JSON.stringify(kept)).not.toContain('secret-secret')
    expect(await engine.subscription()).toEqual(kept)
  })
})

describe('what is kept of the subscription', () => {
  it('changes in the parts that are given; the others stay', async () => {
    const { engine } = await ran()
    expect(await engine.subscription()).toEqual(await engine.keepSubscription({}))
    const { environments } = await engine.subscription()
    const first = await engine.keepSubscription({
      environments: environments.map((each) => ({ ...each, settings })),
    })
    expect(first.environments[0]?.settings).toEqual(settings)
    const second = await engine.keepSubscription({ prices: { vpn: '7' } })
    expect(second).toEqual({ ...first, prices: { vpn: '7' } })
    expect(await engine.subscription()).toEqual(second)
  })

  it('is nothing that no ledger can hold', async () => {
    const { engine } = await ran()
    const before = await engine.keepSubscription({ prices: { storage: '1' } })
    const odd = JSON.parse('{"prices": {"storage": "NaN", "x": "1"}, "environments": [{"invoices": "none"}, 7]}')
    expect(await engine.keepSubscription(odd)).toEqual({ ...before, prices: {} })
  })
})

describe('savings', () => {
  it('are none where nothing is stored', async () => {
    const engine = testEngine(memoryPlatform())
    await engine.open({ project: 'empty', files: {} })
    expect(await engine.savings({ settings, own: {} })).toEqual({ savings: [], together: '0.00' })
  })

  it('come with the largest first', async () => {
    const { engine } = await ran()
    const { savings: found } = await engine.savings({ settings, own: { storage: '1000000' } })
    const saves = found.map(({ saves }) => Number(saves))
    expect(saves).toEqual(saves.toSorted((a, b) => b - a))
    for (const { bytes, kind } of found) expect(bytes).toBeGreaterThanOrEqual(kind === 'fixed' ? 0 : 1)
  })

  it('together save what the data that is left then costs less', async () => {
    const { engine } = await ran()
    const request = { settings: { ...settings, sla: 'none' }, own: { storage: '1000000', vpn: '0' } } as const
    const { savings: found } = await engine.savings(request)
    const keyOf = (kind: string, keep: number | null) =>
      found.find((each) => each.kind === kind && each.dataset === 'crm-customer' && each.keep === keep)
    const [two, one] = [keyOf('versions', 2), keyOf('versions', 1)]
    if (two === undefined || one === undefined) throw new Error('no savings of versions')
    const totalSaving = async (...keys: string[]) =>
      Number((await engine.savings({ ...request, chosen: keys })).together)
    expect(await totalSaving(two.key)).toBe(Number(two.saves))
    // With one version kept, at most two are stored.
    expect(await totalSaving(one.key, two.key)).toBe(Number(one.saves))
    const all = await totalSaving(...found.map(({ key }) => key))
    expect(all).toBeGreaterThan(Number(one.saves))
    expect(all).toBeLessThanOrEqual(found.reduce((sum, { saves }) => sum + Number(saves), 0))
  })
})

describe('prices', () => {
  it('are published ones, with own prices in their place', async () => {
    const { engine } = await ran()
    const published = await engine.prices({ requests: [], own: {} })
    const own = await engine.prices({ requests: [], own: { storage: '3' } })
    expect(own.prices).toEqual([])
    expect(own.table.entries).toEqual({ ...published.table.entries, storage: '3' })
  })

  it('come out to the cent as the worked example, with each item explained', async () => {
    const { engine } = await ran()
    const asked = { ...settings, bytes: 60_000_000_000, durableBytes: 0 }
    const { prices } = await engine.prices({ requests: [asked, { ...asked, plan: 'developer' }], own: {} })
    expect(prices[0]).toMatchObject({ total: '4284.80', billableGb: '60' })
    expect(prices[1]).toMatchObject({ problem: { code: 'not-allowed' } })
    const [price] = prices
    if (price === undefined || 'problem' in price) throw new Error('no price')
    for (const [item, amount] of Object.entries(price.items)) {
      const lines = price.lines.filter((line) => line.item === item)
      const sum = lines.reduce(
        (cents, { quantity, price }) => cents + Math.round(Number(quantity) * Number(price) * 100),
        0,
      )
      expect(sum, item).toBe(Math.round(Number(amount) * 100))
    }
  })

  it('with fixed data have a line for what is agreed and one for what exceeds it', async () => {
    const { engine } = await ran()
    const asked = {
      ...settings,
      vpn: false,
      sla: 'none',
      fixedGb: '50',
      bytes: 60_000_000_000,
      durableBytes: 0,
    } as const
    const { prices } = await engine.prices({ requests: [asked], own: {} })
    expect(prices[0]).toMatchObject({
      items: { storage: (50 * 11.44 + 10 * 45.76).toFixed(2) },
      lines: [{ entry: 'single' }, { part: 'agreed', quantity: '50' }, { part: 'beyond', quantity: '10' }],
    })
  })
})
