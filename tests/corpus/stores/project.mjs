/** The project whose data the stored fixtures hold, and the edits that were made to it between two runs. */

export const project = 'stored'

const pipe = (_id, more) => [`pipes/${_id}.conf.json`, JSON.stringify({ _id, type: 'pipe', ...more })]
const rules = (...steps) => ({ type: 'dtl', rules: { default: steps } })

const people = [
  { _id: 'p1', name: 'Ada', email: 'ada@x' },
  { _id: 'p2', name: 'Grace', email: 'grace@x', odd: { a: [1, '~f1.50', null], '~:x': '~:ns:id' } },
  {
    _id: 'p3',
    name: 'Álan 𝔘\u0000',
    email: 'alan@x',
    when: '~t2024-02-29T12:00:00.123456789Z',
    exact: '~f12345678901234567890.10',
    bytes: '~bAAH/',
    id: '~u12345678-1234-5678-1234-567812345678',
    uri: '~rhttp://example.com/',
    long: 'x'.repeat(700),
    big: 9007199254740991,
    float: 1.5,
    nested: { list: [[], {}, [true, false]] },
  },
  { _id: 'p4', name: 'Gone', email: 'gone@x' },
]
const more = Array.from({ length: 12 }, (_, n) => ({ _id: `m${n}`, name: `Member ${n}`, email: `m${n}@x` }))

export const files = {
  ...Object.fromEntries([
    pipe('people', { source: { type: 'embedded', entities: [...people, ...more] } }),
    pipe('crm', {
      source: {
        type: 'embedded',
        entities: [
          { _id: 'c1', email: 'ada@x', phone: '1' },
          { _id: 'c2', email: 'nobody@x', phone: '2' },
        ],
      },
    }),
    pipe('orders', { source: { type: 'http_endpoint' } }),
    pipe('golden', {
      source: {
        type: 'merge',
        version: 2,
        identity: 'first',
        datasets: ['people p', 'crm c'],
        equality: [['eq', 'p.email', 'c.email']],
      },
    }),
    pipe('joined', {
      source: { type: 'dataset', dataset: 'people' },
      transform: rules(
        ['copy', ['list', 'name', 'email']],
        ['add', 'orders', ['hops', { datasets: ['orders o'], where: [['eq', '_S.email', 'o.customer']] }]],
      ),
    }),
    pipe('parts', {
      source: { type: 'dataset', dataset: 'joined' },
      transform: [
        rules(['create-child', ['map', ['dict', '_id', ['concat', '_S._id', '-', '_._id']], '_S.orders']]),
        { type: 'emit_children' },
      ],
    }),
    pipe('out', {
      source: { type: 'dataset', dataset: 'joined' },
      sink: { type: 'json', system: 's', url: 'x' },
    }),
  ]),
  'systems/s.conf.json': JSON.stringify({ _id: 's', type: 'system:url', url_pattern: 'https://x.example.com/%s' }),
}

/** p2 is changed and p4 is gone in the second run. */
export const later = Object.fromEntries([
  pipe('people', {
    source: { type: 'embedded', entities: [people[0], { ...people[1], name: 'Grace H' }, people[2], ...more] },
  }),
])

export const orders = `${['ada@x', 'ada@x', 'grace@x', 'gone@x', 'nobody@x']
  .map((customer, n) => JSON.stringify({ _id: `o${n}`, customer, amount: n }))
  .join('\n')}\n`

export const oneMoreOrder = '{"_id": "o9", "customer": "ada@x", "amount": 9}\n'
