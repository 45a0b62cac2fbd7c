/** All settings of a model: for each rule, records of each system and the exact requests to each. */
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { readModel } from '../../../engine-worker/model/read.ts'
import { testModel } from '../../../engine-worker/model/test/test.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'

interface Case {
  readonly says: string
  /** Parts of the concept. */
  readonly concept?: JsonObject
  /** Properties of the concept besides `email`, by name: a rule or the whole declaration. */
  readonly properties?: JsonObject
  /** Parts of the mappings by system. */
  readonly crm?: JsonObject
  readonly erp?: JsonObject
  /** Property mappings that are not one to one, by system and property. */
  readonly crmProperties?: JsonObject
  readonly erpProperties?: JsonObject
  readonly more?: JsonObject
  readonly data: { readonly [name: string]: readonly Json[] }
  readonly sent: { readonly [name: string]: JsonObject }
}

function modelText({ concept, properties = { name: 'priority' }, more, data, sent, ...parts }: Case): string {
  const declared = Object.fromEntries(
    Object.entries({ email: 'key', ...properties }).map(([name, rule]) => [
      name,
      typeof rule === 'string' ? { rule } : rule,
    ]),
  )
  const mappings = (['crm', 'erp'] as const).map((system) => ({
    name: system,
    system,
    datatype: 'person',
    concept: 'person',
    properties: Object.keys(declared)
      .map((name): JsonObject => {
        const own = parts[`${system}Properties`]?.[name]
        const each = { from: name, to: name, ...(typeof own === 'object' && own !== null ? (own as JsonObject) : {}) }
        return Object.fromEntries(Object.entries(each).filter(([, value]) => value !== null))
      })
      .filter((each) => each.from !== 'none'),
    ...parts[system],
  }))
  const namedMappings = (all: object) =>
    Object.fromEntries(
      Object.entries(all).map(([name, value]) => [['crm', 'erp'].includes(name) ? `${name}.person` : name, value]),
    )
  return JSON.stringify({
    version: 1,
    systems: { crm: { datatypes: { person: { key: ['id'] } } }, erp: { datatypes: { person: { key: ['id'] } } } },
    concepts: { person: { keys: [['email']], properties: declared, ...concept } },
    mappings,
    tests: [{ input: namedMappings(data), expected: namedMappings(sent) }],
    ...more,
  })
}

const personRecord = { id: '1', email: 'a@x', name: 'Ann' }

const cases: Case[] = [
  {
    says: 'priority: the first system that has a value',
    data: { crm: [personRecord], erp: [{ id: '9', email: 'a@x', name: 'Anna' }] },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann' }] } },
  },
  {
    says: 'priority by number against the order of the file',
    crmProperties: { name: { priority: 2 } },
    erpProperties: { name: { priority: 1 } },
    data: { crm: [personRecord], erp: [{ id: '9', email: 'a@x', name: 'Anna' }] },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', name: 'Anna' }] } },
  },
  {
    says: 'latest, by the time of the record',
    properties: { name: 'latest' },
    crm: { modified: 'at' },
    erp: { modified: 'at' },
    data: {
      crm: [{ ...personRecord, at: '2024-01-01' }],
      erp: [{ id: '9', email: 'a@x', name: 'Anna', at: '2024-01-02' }],
    },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', name: 'Anna' }] } },
  },
  {
    says: 'latest, by the time of the property',
    properties: { name: 'latest', phone: 'latest' },
    crmProperties: { name: { modified: 'nameAt' }, phone: { modified: 'phoneAt' } },
    erp: { modified: 'at' },
    data: {
      crm: [{ ...personRecord, phone: '1', nameAt: '2024-03-01', phoneAt: '2024-01-01' }],
      erp: [{ id: '9', email: 'a@x', name: 'Anna', phone: '2', at: '2024-02-01' }],
    },
    sent: {
      crm: { updates: [{ id: '1', email: 'a@x', name: 'Ann', phone: '2' }] },
      erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann', phone: '2' }] },
    },
  },
  {
    says: 'the most complete record',
    properties: { name: 'complete', phone: 'complete', city: 'complete' },
    data: {
      crm: [{ ...personRecord, phone: null, city: null }],
      erp: [{ id: '9', email: 'a@x', name: 'Anna', phone: '2', city: null }],
    },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', name: 'Anna', phone: '2', city: null }] } },
  },
  {
    says: 'all values',
    properties: { tags: 'all' },
    data: { crm: [{ id: '1', email: 'a@x', tags: ['a', 'b'] }], erp: [{ id: '9', email: 'a@x', tags: ['b', 'c'] }] },
    sent: {
      crm: { updates: [{ id: '1', email: 'a@x', tags: ['a', 'b', 'c'] }] },
      erp: { updates: [{ id: '9', email: 'a@x', tags: ['a', 'b', 'c'] }] },
    },
  },
  {
    says: 'true where any is, true where every one is',
    properties: { vip: { rule: 'any', type: 'boolean' }, ok: { rule: 'every', type: 'boolean' } },
    data: {
      crm: [{ id: '1', email: 'a@x', vip: true, ok: true }],
      erp: [{ id: '9', email: 'a@x', vip: false, ok: false }],
    },
    sent: {
      crm: { updates: [{ id: '1', email: 'a@x', vip: true, ok: false }] },
      erp: { updates: [{ id: '9', email: 'a@x', vip: true, ok: false }] },
    },
  },
  {
    says: 'an expression over all values',
    properties: { score: { rule: 'expression', expression: { sql: 'max(score)' }, type: 'number' } },
    data: { crm: [{ id: '1', email: 'a@x', score: 3 }], erp: [{ id: '9', email: 'a@x', score: 5 }] },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', score: 5 }] } },
  },
  {
    says: 'what people decided wins over all systems, and makes no record by itself',
    concept: { overrides: { table: 'decided' } },
    data: {
      crm: [personRecord],
      erp: [{ id: '9', email: 'a@x', name: 'Anna' }],
      decided: [
        { email: 'a@x', name: 'Dr. Ann' },
        { email: 'nobody@x', name: 'Nobody' },
      ],
    },
    sent: {
      crm: { updates: [{ id: '1', email: 'a@x', name: 'Dr. Ann' }] },
      erp: { updates: [{ id: '9', email: 'a@x', name: 'Dr. Ann' }] },
    },
  },
  {
    says: 'keys without regard to case and spaces',
    properties: { email: { rule: 'key', normalise: ['trim', 'lower'] }, name: 'priority' },
    data: { crm: [{ ...personRecord, email: ' A@X' }], erp: [{ id: '9', email: 'a@x', name: 'Anna' }] },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann' }] } },
  },
  {
    says: 'keys by their digits; without any digit nothing matches',
    concept: { keys: [['phone']] },
    properties: { phone: { rule: 'key', normalise: ['digits'] }, name: 'priority' },
    data: {
      crm: [
        { ...personRecord, phone: '+47 22-33' },
        { id: '2', email: 'b@x', name: 'Bo', phone: '-' },
      ],
      erp: [
        { id: '9', email: 'a@x', name: 'Anna', phone: '472233' },
        { id: '8', email: 'c@x', name: 'Cy', phone: '?' },
      ],
    },
    sent: {
      crm: {},
      erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann', phone: '472233' }] },
    },
  },
  {
    says: 'keys by letters and digits',
    concept: { keys: [['org']] },
    properties: { org: { rule: 'key', normalise: ['no-signs', 'lower'] }, name: 'priority' },
    data: {
      crm: [{ ...personRecord, org: 'NO 987.654 mva' }],
      erp: [{ id: '9', email: 'a@x', name: 'Anna', org: 'no987654MVA' }],
    },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann', org: 'no987654MVA' }] } },
  },
  {
    says: 'a key of several parts, of which none may be missing',
    concept: { keys: [['first', 'last']] },
    properties: { first: 'key', last: 'key', city: 'priority' },
    data: {
      crm: [
        { id: '1', email: 'a@x', first: 'Ann', last: 'Lee', city: 'Oslo' },
        { id: '2', email: 'b@x', first: 'Bo', last: null, city: 'Rome' },
      ],
      erp: [
        { id: '9', email: 'a@x', first: 'Ann', last: 'Lee', city: 'x' },
        { id: '8', email: 'b@x', first: 'Bo', last: null, city: 'y' },
      ],
    },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', first: 'Ann', last: 'Lee', city: 'Oslo' }] } },
  },
  {
    says: 'two keys, either of which is enough',
    concept: { keys: [['email'], ['ssn']] },
    properties: { ssn: 'key', name: 'priority' },
    data: {
      crm: [{ ...personRecord, ssn: '1' }],
      erp: [{ id: '9', email: 'other@x', name: 'Anna', ssn: '1' }],
    },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'other@x', name: 'Ann', ssn: '1' }] } },
  },
  {
    says: 'duplicates within one system',
    data: { crm: [personRecord, { id: '2', email: 'a@x', name: 'Annie' }], erp: [] },
    sent: {
      crm: { updates: [{ id: '2', email: 'a@x', name: 'Ann' }] },
      erp: { inserts: [{ id: null, email: 'a@x', name: 'Ann' }] },
    },
  },
  {
    says: 'a link table',
    more: {
      mappings: [
        {
          name: 'crm',
          system: 'crm',
          datatype: 'person',
          concept: 'person',
          properties: [
            { from: 'email', to: 'email' },
            { from: 'name', to: 'name' },
          ],
        },
        {
          name: 'erp',
          system: 'erp',
          datatype: 'person',
          concept: 'person',
          properties: [
            { from: 'email', to: 'email' },
            { from: 'name', to: 'name' },
          ],
        },
        {
          name: 'link',
          system: 'links',
          datatype: 'pair',
          concept: 'person',
          properties: [],
          links: [
            { properties: ['crm'], references: 'crm' },
            { properties: ['erp'], references: 'erp' },
          ],
        },
      ],
      systems: {
        crm: { datatypes: { person: { key: ['id'] } } },
        erp: { datatypes: { person: { key: ['id'] } } },
        links: { datatypes: { pair: { key: ['id'] } } },
      },
    },
    data: {
      crm: [personRecord],
      erp: [{ id: '9', email: 'other@x', name: 'Anna' }],
      'links.pair': [{ id: 'l', crm: '1', erp: '9' }],
    },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'other@x', name: 'Ann' }] } },
  },
  {
    says: 'an address that stays together',
    properties: {
      street: { rule: 'latest', group: 'address' },
      zip: { rule: 'latest', group: 'address' },
    },
    crm: { modified: 'at' },
    erp: { modified: 'at' },
    data: {
      crm: [{ id: '1', email: 'a@x', street: 'A 1', zip: '0150', at: '2024-01-01' }],
      erp: [{ id: '9', email: 'a@x', street: 'B 2', zip: null, at: '2024-02-01' }],
    },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', street: 'B 2', zip: null }] } },
  },
  {
    says: 'no value lets the next system win',
    data: { crm: [{ ...personRecord, name: null }], erp: [{ id: '9', email: 'a@x', name: 'Anna' }] },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', name: 'Anna' }] } },
  },
  {
    says: 'no value of the master counts',
    properties: { name: { rule: 'priority', nulls: 'count' } },
    data: { crm: [{ ...personRecord, name: null }], erp: [{ id: '9', email: 'a@x', name: 'Anna' }] },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', name: null }] } },
  },
  {
    says: 'a text without characters is a value',
    data: { crm: [{ ...personRecord, name: '' }], erp: [{ id: '9', email: 'a@x', name: 'Anna' }] },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', name: '' }] } },
  },
  {
    says: 'a text without characters is no value',
    properties: { name: { rule: 'priority', blank: true } },
    data: {
      crm: [
        { ...personRecord, name: '' },
        { id: '2', email: 'b@x', name: '' },
      ],
      erp: [
        { id: '9', email: 'a@x', name: 'Anna' },
        { id: '8', email: 'b@x', name: null },
      ],
    },
    sent: { erp: {}, crm: { updates: [{ id: '1', email: 'a@x', name: 'Anna' }] } },
  },
  {
    says: 'a value where no system has one',
    properties: { name: { rule: 'priority', default: 'unknown' } },
    data: { crm: [{ ...personRecord, name: null }], erp: [] },
    sent: {
      crm: { updates: [{ id: '1', email: 'a@x', name: 'unknown' }] },
      erp: { inserts: [{ id: null, email: 'a@x', name: 'unknown' }] },
    },
  },
  {
    says: 'vocabularies: each system has its own words, and keeps those that mean the same',
    properties: { status: 'priority' },
    crmProperties: {
      status: {
        values: [
          { here: 'A', there: 'active' },
          { here: 'A2', there: 'active' },
          { here: 'I', there: 'idle' },
        ],
      },
    },
    erpProperties: {
      status: {
        values: [
          { here: 1, there: 'active' },
          { here: 2, there: 'idle' },
        ],
      },
    },
    data: {
      crm: [
        { id: '1', email: 'a@x', status: 'A2' },
        { id: '2', email: 'b@x', status: 'I' },
        { id: '3', email: 'c@x', status: 'odd' },
      ],
      erp: [
        { id: '9', email: 'a@x', status: 1 },
        { id: '8', email: 'b@x', status: 1 },
        { id: '7', email: 'd@x', status: 1 },
      ],
    },
    sent: {
      crm: { inserts: [{ id: null, email: 'd@x', status: 'A' }] },
      erp: {
        updates: [{ id: '8', email: 'b@x', status: 2 }],
        inserts: [{ id: null, email: 'c@x', status: 'odd' }],
      },
    },
  },
  {
    says: 'only in, only out',
    properties: { name: 'priority', phone: 'priority' },
    crmProperties: { name: { direction: 'in' } },
    erpProperties: { phone: { direction: 'out' } },
    data: { crm: [{ ...personRecord, phone: '1' }], erp: [{ id: '9', email: 'a@x', name: 'Anna', phone: '2' }] },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann', phone: '1' }] } },
  },
  {
    says: 'a way out that has no inverse',
    erpProperties: { name: { direction: 'out', out: { sql: "upper(name) || '!'" } } },
    data: {
      crm: [personRecord],
      erp: [
        { id: '9', email: 'a@x', name: 'ANN!' },
        { id: '8', email: 'b@x', name: 'BO!' },
      ],
    },
    sent: {
      crm: { inserts: [{ id: null, email: 'b@x', name: null }] },
      erp: { updates: [{ id: '8', email: 'b@x', name: null }] },
    },
  },
  {
    says: 'a filter on the way in, one on the way out',
    properties: { name: 'priority', kind: 'priority' },
    crm: { filter: { sql: "kind = 'p'" } },
    erp: { share_filter: { sql: 'name IS NOT NULL' } },
    data: {
      crm: [
        { ...personRecord, kind: 'p' },
        { id: '2', email: 'b@x', name: 'Bo', kind: 'q' },
        { id: '3', email: 'c@x', name: null, kind: 'p' },
      ],
      erp: [{ id: '7', email: 'c@x', name: null, kind: 'p' }],
    },
    sent: {
      crm: {},
      erp: { inserts: [{ id: null, email: 'a@x', name: 'Ann', kind: 'p' }], deletes: [{ id: '7' }] },
    },
  },
  {
    says: 'a filter in DTL',
    crm: { filter: ['eq', '_S.kind', 'p'] },
    data: {
      crm: [
        { ...personRecord, kind: 'p' },
        { id: '2', email: 'b@x', name: 'Bo', kind: 'q' },
      ],
      erp: [],
    },
    sent: { crm: {}, erp: { inserts: [{ id: null, email: 'a@x', name: 'Ann' }] } },
  },
  {
    says: 'required properties',
    erpProperties: { name: { required: true } },
    data: { crm: [personRecord, { id: '2', email: 'b@x', name: null }], erp: [] },
    sent: { crm: {}, erp: { inserts: [{ id: null, email: 'a@x', name: 'Ann' }] } },
  },
  {
    says: 'no inserts, no updates, no deletes',
    crm: { share: { update: false } },
    erp: { share: { insert: false, delete: false }, share_filter: { sql: "name <> 'Cy'" } },
    data: {
      crm: [personRecord, { id: '2', email: 'b@x', name: 'Bo' }, { id: '3', email: 'c@x', name: 'Cy' }],
      erp: [
        { id: '9', email: 'b@x', name: 'x' },
        { id: '8', email: 'c@x', name: 'Cy' },
      ],
    },
    sent: { crm: {}, erp: { updates: [{ id: '9', email: 'b@x', name: 'Bo' }] } },
  },
  {
    says: 'only what was changed since a date is inserted',
    crm: { modified: 'at' },
    erp: { share: { since: '2024-02-01' } },
    data: {
      crm: [
        { ...personRecord, at: '2024-02-01' },
        { id: '2', email: 'b@x', name: 'Bo', at: '2024-01-31' },
        { id: '3', email: 'c@x', name: 'Cy', at: '2024-01-01' },
      ],
      erp: [{ id: '9', email: 'c@x', name: 'old' }],
    },
    sent: {
      crm: {},
      erp: {
        inserts: [{ id: null, email: 'a@x', name: 'Ann' }],
        updates: [{ id: '9', email: 'c@x', name: 'Cy' }],
      },
    },
  },
  {
    says: 'a deletion that is one everywhere',
    properties: { name: 'priority', gone: { rule: 'any', type: 'boolean' } },
    crm: { deletion: { property: 'deleted', means: 'deleted', to: 'gone' } },
    erp: { share_filter: { sql: 'gone IS NOT TRUE' } },
    crmProperties: { gone: { from: 'none' } },
    erpProperties: { gone: { from: 'none' } },
    data: { crm: [{ ...personRecord, deleted: true }], erp: [{ id: '9', email: 'a@x', name: 'Ann' }] },
    sent: { erp: { deletes: [{ id: '9' }] } },
  },
  {
    says: 'a deletion that is a mark elsewhere',
    properties: { name: 'priority', gone: { rule: 'any', type: 'boolean' } },
    crm: { deletion: { property: 'deleted', means: 'time', to: 'gone' } },
    crmProperties: { gone: { from: 'none' } },
    erpProperties: { gone: { direction: 'out' } },
    data: {
      crm: [
        { ...personRecord, deleted: '2024-01-01' },
        { id: '2', email: 'b@x', name: 'Bo', deleted: null },
      ],
      erp: [
        { id: '9', email: 'a@x', name: 'Ann', gone: false },
        { id: '8', email: 'b@x', name: 'Bo', gone: false },
      ],
    },
    sent: { erp: { updates: [{ id: '9', email: 'a@x', name: 'Ann', gone: true }] } },
  },
  {
    says: 'a deletion that is kept elsewhere and stays one at home',
    crm: { deletion: { property: 'active', means: 'active' } },
    data: {
      crm: [{ ...personRecord, active: false }],
      erp: [{ id: '9', email: 'a@x', name: 'Anna' }],
    },
    sent: { crm: {}, erp: {} },
  },
  {
    says: 'a deletion that is undone while another system has the record',
    properties: { name: 'priority', gone: { rule: 'every', type: 'boolean' }, deleted: 'priority' },
    crm: { deletion: { property: 'deleted', means: 'time', to: 'gone' }, share_filter: { sql: 'gone IS NOT TRUE' } },
    crmProperties: { gone: { from: 'none' } },
    erpProperties: { gone: { from: null, direction: 'in', in: false }, deleted: { from: 'none' } },
    data: {
      crm: [
        { ...personRecord, deleted: '2024-01-01' },
        { id: '2', email: 'b@x', name: 'Bo', deleted: '2024-01-01' },
      ],
      erp: [{ id: '9', email: 'a@x', name: 'Anna' }],
    },
    sent: {
      crm: { updates: [{ id: '1', email: 'a@x', name: 'Anna', deleted: null }], deletes: [{ id: '2' }] },
      erp: {},
    },
  },
]

test.each(cases.map((each) => [each.says, each] as const))('%s', async (_, each) => {
  const { model, problems } = readModel(modelText(each), 'model.json')
  expect(problems).toEqual([])
  if (model === null) return
  expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  const [result] = await testModel(model, machine)
  expect(result?.differences).toEqual([])
})
