/**
 * Laws of the synchronisation: it reaches a stable state for any order of edits, and no write-back wins by its time.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import type { Model } from '../../../engine-worker/model/model.ts'
import { dryRun } from '../../../engine-worker/model/test/changes.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'

/** Each run of a law runs many pipes, so the long version has fewer runs than others. */
const runs = process.env.LAWS === undefined ? 12 : Math.ceil(Number(process.env.LAWS) / 20)
const timeout = Math.max(120_000, runs * 5_000)

/** How the systems of a random model differ. */
interface Options {
  readonly systems: number
  readonly rule: 'latest' | 'priority'
  readonly coarse: boolean
  readonly twoKeys: boolean
  readonly filtered: boolean
}

function modelOf({ systems, rule, coarse, twoKeys, filtered }: Options): Model {
  const names = ['crm', 'erp', 'web'].slice(0, systems)
  return {
    version: 1,
    systems: Object.fromEntries(names.map((name) => [name, { datatypes: { person: { key: ['id'] } } }])),
    concepts: {
      person: {
        keys: twoKeys ? [['email'], ['ssn']] : [['email']],
        properties: {
          email: { rule: 'key' },
          ssn: { rule: twoKeys ? 'key' : 'priority' },
          name: { rule },
          phone: { rule: 'priority' },
        },
      },
    },
    mappings: names.map((name, index) => ({
      name: `${name}-person`,
      system: name,
      datatype: 'person',
      concept: 'person',
      modified: 'changed',
      ...(filtered && index === 1 ? { share_filter: { sql: 'phone IS NOT NULL' } } : {}),
      properties: [
        { from: 'email', to: 'email' },
        { from: 'ssn', to: 'ssn' },
        { from: 'name', to: 'name', ...(coarse && index === 1 ? { compare: { sql: 'left(%s, 3)' } } : {}) },
        { from: 'phone', to: 'phone', priority: systems - index },
      ],
    })),
  }
}

const options: fc.Arbitrary<Options> = fc.record({
  systems: fc.integer({ min: 2, max: 3 }),
  rule: fc.constantFrom('latest', 'priority'),
  coarse: fc.boolean(),
  twoKeys: fc.boolean(),
  filtered: fc.boolean(),
})
const value = (...values: string[]) => fc.constantFrom<(string | null)[]>(...values, null)
const record = fc.record({
  email: value('a@x', 'b@x', 'c@x'),
  ssn: value('1', '2', '3'),
  name: value('Anna', 'Annabel', 'Bo'),
  phone: value('10', '20'),
  changed: fc.constantFrom('2024-01-01', '2024-01-02', '2024-01-03'),
})
const systemsData = fc.array(fc.array(record, { maxLength: 4 }), { minLength: 3, maxLength: 3 })

type Tables = Record<string, JsonObject[]>

/** The records of each system, with keys. */
function tablesOf(model: Model, data: readonly (readonly JsonObject[])[]): Tables {
  const names = Object.keys(model.systems).map((name) => `${name}.person`)
  return Object.fromEntries(
    names.map((name, index) => [name, (data[index] ?? []).map((row, at) => ({ id: `${at}`, ...row }))]),
  )
}

/** Applies in each system what is sent to it, with a time that is later than all others. */
async function applyChanges(model: Model, tables: Tables, round: number): Promise<{ sent: number; tables: Tables }> {
  const { changes, problems } = await dryRun(model, tables, machine)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const next: Tables = structuredClone(tables)
  let sent = 0
  for (const { mapping, operation, record: row } of changes) {
    if (operation === 'none') continue
    sent++
    const rows = next[`${mapping.replace('-person', '')}.person`] ?? []
    const at = rows.findIndex(({ id }) => id === row.id)
    const written = { ...row, changed: `2025-01-0${round}` }
    if (operation === 'insert') rows.push({ ...written, id: freeKey(rows) })
    else if (operation === 'delete') rows.splice(at, 1)
    else rows[at] = { ...rows[at], ...written }
  }
  return { sent, tables: next }
}

/** A key that no record of the table has. */
function freeKey(rows: readonly JsonObject[]): string {
  const taken = new Set(rows.map(({ id }) => id))
  let number = rows.length
  while (taken.has(`new ${number}`)) number++
  return `new ${number}`
}

interface Edit {
  readonly system: number
  readonly row: number
  readonly does: string
  readonly values: JsonObject
}

/** One edit by a person in one of the systems. */
const edit = fc.record({
  system: fc.nat({ max: 2 }),
  row: fc.nat({ max: 3 }),
  does: fc.constantFrom<'change' | 'delete' | 'insert'>('change', 'delete', 'insert'),
  values: fc.record({
    email: value('a@x', 'b@x', 'c@x'),
    ssn: value('1', '2', '3'),
    name: value('Cy', 'Dee'),
    phone: value('30'),
  }),
})

function applyEdit(tables: Tables, { system, row, does, values }: Edit, at: string, id: string): void {
  const all = Object.values(tables)
  const rows = all[system % all.length] ?? []
  const place = rows.length === 0 ? -1 : row % rows.length
  if (does === 'insert') rows.push({ id, ...values, changed: at })
  else if (place >= 0 && does === 'delete') rows.splice(place, 1)
  else if (place >= 0) rows[place] = { ...rows[place], ...values, changed: at }
}

/** The records after all sent changes were applied and nothing more is sent. */
async function applyUntilStable(model: Model, tables: Tables, rounds: number): Promise<Tables> {
  let current = tables
  for (let round = 1; round <= rounds; round++) current = (await applyChanges(model, current, round)).tables
  expect((await applyChanges(model, current, 9)).sent).toBe(0)
  return current
}

describe('synchronisation', () => {
  test(
    'sends nothing more once what was sent has been done',
    async () => {
      await fc.assert(
        fc.asyncProperty(options, systemsData, async (chosen, data) => {
          const model = modelOf(chosen)
          let tables = tablesOf(model, data)
          // A merge by a value that came with the first round may need further ones, never more than there are systems.
          for (let round = 1; round <= chosen.systems; round++)
            tables = (await applyChanges(model, tables, round)).tables
          expect((await applyChanges(model, tables, 9)).sent).toBe(0)
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  test(
    'settles after every edit of a history: changed, deleted, merged and new records in any system',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          options,
          systemsData,
          fc.array(edit, { minLength: 1, maxLength: 4 }),
          async (chosen, data, edits) => {
            const model = modelOf(chosen)
            let tables = await applyUntilStable(model, tablesOf(model, data), chosen.systems)
            for (const [index, each] of edits.entries()) {
              applyEdit(tables, each, `2026-01-0${index + 1}`, `edit ${index}`)
              tables = await applyUntilStable(model, tables, chosen.systems)
            }
          },
        ),
        { numRuns: Math.ceil(runs / 2) },
      )
    },
    timeout,
  )

  test(
    'a write-back never wins by its time',
    async () => {
      await fc.assert(
        fc.asyncProperty(systemsData, async (data) => {
          const model = modelOf({ systems: 2, rule: 'latest', coarse: false, twoKeys: false, filtered: false })
          const first = await applyChanges(model, tablesOf(model, data), 1)
          const again = await applyChanges(model, first.tables, 2)
          const names = (tables: Tables): Json =>
            Object.values(tables).map((rows) => rows.map(({ name = null }) => name))
          expect(names(again.tables)).toEqual(names(first.tables))
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  test('an edit in one system reaches the others, then nothing moves', async () => {
    const model = modelOf({ systems: 3, rule: 'latest', coarse: false, twoKeys: false, filtered: false })
    const row = { email: 'a@x', ssn: null, name: 'Anna', phone: '10', changed: '2024-01-01' }
    const settled = await applyChanges(model, tablesOf(model, [[row], [], [row]]), 1)
    const edited: Tables = structuredClone(settled.tables)
    const [first] = edited['web.person'] ?? []
    if (first) Object.assign(first, { name: 'Anna Lee', changed: '2026-01-01' })
    const after = await applyChanges(model, edited, 2)
    expect(after.sent).toBe(2)
    for (const rows of Object.values(after.tables)) expect(rows.map(({ name }) => name)).toEqual(['Anna Lee'])
    expect((await applyChanges(model, after.tables, 3)).sent).toBe(0)
  })
})

describe('generation', () => {
  test('gives the same pipes each time, each with its part of the model', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const model = modelOf(chosen)
        const made = generate(model)
        expect(generate(structuredClone(model))).toEqual(made)
        for (const { id, config } of made) if (id !== 'node') expect(config.metadata).toHaveProperty('model')
      }),
      { numRuns: 50 },
    )
  })
})
