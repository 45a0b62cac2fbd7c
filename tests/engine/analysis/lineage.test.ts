/** The lineage of properties through pipes, joins, applied rules, children and namespaces. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type LineageProject, lineageOf, propertiesOf } from '../../../engine-worker/analysis/lineage.ts'
import { effectivePipe } from '../../../engine-worker/config/project/effective.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'

type Columns = Readonly<Record<string, readonly string[]>>

function project(pipes: readonly object[], columns: Columns = {}, metadata: object = {}): LineageProject {
  const files: Record<string, string> = {
    'node-metadata.conf.json': JSON.stringify({ _id: 'node', type: 'metadata', ...metadata }),
  }
  for (const pipe of pipes) {
    const { _id } = pipe as { _id: string }
    files[`pipes/${_id}.conf.json`] = JSON.stringify({ type: 'pipe', ...pipe })
  }
  return openLineage(files, columns)
}

function openLineage(files: Readonly<Record<string, string>>, columns: Columns = {}): LineageProject {
  const loaded = loadProject(files, {})
  return {
    pipes: [...loaded.pipes.values()].map((component) => effectivePipe(loaded, component)),
    columns: async (dataset) => columns[dataset] ?? [],
  }
}

/** `from → to (pipe, how)` of every edge, with outside ends as `pipe!`. */
async function edges(of: LineageProject, dataset: string, property: string): Promise<readonly string[]> {
  const { nodes, edges: found } = await lineageOf(of, dataset, property)
  const name = (id: string) => {
    const node = nodes.find((each) => each.id === id)
    return node ? `${node.dataset ?? `${node.pipe}!`}.${node.property}` : id
  }
  return found.map(({ from, to, pipe, how }) => `${name(from)} → ${name(to)} (${pipe}, ${how})`)
}

const dtl = (steps: readonly unknown[], rules: object = {}) => ({ type: 'dtl', rules: { default: steps, ...rules } })
const datasetSource = (dataset: string) => ({ type: 'dataset', dataset })

describe('lineage of a property', () => {
  it('follows copies, renames and computations up to the source and down to what is sent out', async () => {
    const of = project([
      { _id: 'a', source: { type: 'embedded', entities: [] } },
      {
        _id: 'b',
        source: datasetSource('a'),
        transform: dtl([
          ['copy', '*', 'x'],
          ['rename', 'mail', 'email'],
          ['add', 'full', ['concat', '_S.first', ' ', '_T.email']],
        ]),
      },
      { _id: 'c', source: datasetSource('b'), transform: dtl([['add', 'label', '_S.full']]), sink: { type: 'null' } },
    ])
    expect(await edges(of, 'b', 'full')).toEqual([
      'a.first → b.full (b, computed)',
      'a.mail → b.full (b, computed)',
      'a!.first → a.first (a, copied)',
      'a!.mail → a.mail (a, copied)',
      'b.full → c!.label (c, renamed)',
    ])
    expect(await edges(of, 'b', 'age')).toContain('a.age → b.age (b, copied)')
    expect(await edges(of, 'b', 'x')).toEqual([])
    expect(await propertiesOf(of, 'b')).toEqual(['email', 'full'])
  })

  it('reaches into datasets by hops, through applied rules, and tells values from keys and conditions', async () => {
    const of = project([
      {
        _id: 'customer',
        source: datasetSource('person'),
        transform: dtl(
          [
            ['add', 'orders', ['apply-hops', 'order', { datasets: ['order o'], where: ['eq', '_S.no', 'o.customer'] }]],
            ['if', ['gt', '_S.age', 17], ['add', 'adult', '_S.name']],
            [
              'add',
              'country',
              ['hops', { datasets: ['country c'], where: ['eq', '_S.code', 'c._id'], return: 'c.name' }],
            ],
          ],
          { order: [['add', 'sum', ['plus', '_S.amount', '_P._S.discount']]] },
        ),
      },
      { _id: 'sums', source: datasetSource('customer'), transform: dtl([['add', 'of', '_S.orders.sum']]) },
    ])
    expect(new Set(await edges(of, 'customer', 'orders'))).toEqual(
      new Set([
        'order.amount → customer.orders (customer, computed)',
        'person.discount → customer.orders (customer, computed)',
        'order.customer → customer.orders (customer, decides)',
        'person.no → customer.orders (customer, decides)',
        'customer.orders → sums.of (sums, renamed)',
      ]),
    )
    expect(await edges(of, 'customer', 'adult')).toEqual([
      'person.age → customer.adult (customer, decides)',
      'person.name → customer.adult (customer, renamed)',
    ])
    expect(await edges(of, 'customer', 'country')).toContain('country.name → customer.country (customer, computed)')
    // Down from a joined dataset, and from a property of the entities that a path reaches.
    expect(await edges(of, 'order', 'amount')).toContain('order.amount → customer.orders (customer, computed)')
  })

  it('follows children to the properties they were made of', async () => {
    const text = readFileSync(new URL('../../../public/examples/composite-pipe.json', import.meta.url), 'utf8')
    const { files }: { files: Record<string, unknown> } = JSON.parse(text)
    const of = openLineage(
      Object.fromEntries(Object.entries(files).map(([path, file]) => [path, JSON.stringify(file)])),
      {
        'crm-person': ['_id', 'no', 'name', 'email'],
        'shop-customer': ['_id', 'no', 'login', 'country'],
      },
    )
    expect(await edges(of, 'customer-order', 'order')).toContain(
      'shop-order._id → customer-order.order (customer-order, renamed)',
    )
    const country = await edges(of, 'customer-order', 'country')
    expect(country).toContain('shop-customer.country → customer-order.country (customer-order, copied)')
    expect(country.join()).not.toContain('crm-person.country')
    expect(await edges(of, 'customer-order', 'country_name')).toContain(
      'country.name → customer-order.country_name (customer-order, computed)',
    )
  })

  it('knows names in namespaces, added to the source and removed before the sink', async () => {
    const of = project(
      [
        { _id: 'crm', source: { type: 'embedded', entities: [] } },
        {
          _id: 'global',
          source: datasetSource('crm'),
          transform: dtl([
            ['copy', '*'],
            ['add', 'name', ['upper', '_S.name']],
          ]),
        },
        {
          _id: 'out',
          source: datasetSource('global'),
          transform: dtl([['add', 'label', '_S.global:name']]),
          sink: { type: 'rest', system: 's', operation: 'o' },
        },
      ],
      { crm: ['_id', 'crm:name'], global: ['_id', 'crm:name', 'global:name'] },
      { namespaced_identifiers: true },
    )
    expect(await edges(of, 'global', 'global:name')).toEqual([
      'crm.crm:name → global.global:name (global, computed)',
      'crm!.name → crm.crm:name (crm, copied)',
      'global.global:name → out!.label (out, renamed)',
    ])
    expect(await edges(of, 'crm', 'crm:name')).toContain('crm.crm:name → global.crm:name (global, copied)')
  })

  it('ends in circles of pipes and of rules', async () => {
    const of = project([
      {
        _id: 'global',
        source: { type: 'merge', version: 2, datasets: ['seed s', 'enriched e'], equality_sets: [['s._id', 'e._id']] },
      },
      {
        _id: 'enriched',
        source: datasetSource('global'),
        transform: dtl(
          [
            ['copy', '*'],
            ['add', 'n', ['apply', 'r', '_S.n']],
          ],
          {
            r: [
              ['add', 'n', '_S.x'],
              ['add', 'm', ['apply', 'r', '_S.n']],
            ],
          },
        ),
      },
    ])
    expect(await edges(of, 'global', 'name')).toContain('enriched.name → global.name (global, copied)')
    expect(await edges(of, 'global', 'name')).toContain('global.name → enriched.name (enriched, copied)')
    expect(await edges(of, 'enriched', 'n')).toContain('global.n.x → enriched.n (enriched, computed)')
  })
})
