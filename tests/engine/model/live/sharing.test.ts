/**
 * A dry run that goes on, by columns or in parts, gives the same result as one of all records from the beginning, for any
 * references between records and any edits in between, also where an edit stops it.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { generate, testProfile } from '../../../../engine-worker/model/generate/pipes.ts'
import { planOf } from '../../../../engine-worker/model/generate/plan.ts'
import { Matcher } from '../../../../engine-worker/model/live/matching.ts'
import { RecordReader } from '../../../../engine-worker/model/live/records.ts'
import { collectedRecords, runInMemory } from '../../../../engine-worker/model/live/run.ts'
import { SharingRun } from '../../../../engine-worker/model/live/sharing.ts'
import type { Model } from '../../../../engine-worker/model/model.ts'
import { changesIn, countChanges, type SharedChange } from '../../../../engine-worker/model/test/changes.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { environment } from '../../dtl/corpus.ts'

const names = ['crm', 'erp', 'web']

interface Choices {
  readonly twoKeys: boolean
  readonly latest: boolean
  readonly filtered: boolean
  readonly withoutInserts: boolean
  readonly byMail: boolean
  readonly required: boolean
  readonly referring: boolean
  readonly vocabulary: boolean
  readonly oneWay: boolean
  readonly marked: boolean
  readonly wayOut: boolean
  readonly blank: boolean
  readonly other: boolean
  readonly spaced: boolean
  /** Records that are gone count: then parts of the records are run. */
  readonly watched: boolean
}

/** Persons with a boss and a company, in three systems; companies of two. */
function modelOf(choices: Choices): Model {
  const { twoKeys, latest, filtered, withoutInserts, byMail, required, referring, vocabulary, oneWay } = choices
  const { marked, wayOut, blank, other, spaced, watched } = choices
  return {
    version: 1,
    systems: Object.fromEntries(
      names.map((name) => [name, { datatypes: { person: { key: ['id'] }, firm: { key: ['id'] } } }]),
    ),
    concepts: {
      person: {
        keys: twoKeys ? [['email'], ['ssn']] : [['email']],
        properties: {
          email: { rule: 'key', normalise: spaced ? ['lower', 'no-spaces'] : ['lower'] },
          ssn: { rule: 'key' },
          name: { rule: latest ? 'latest' : 'priority', blank },
          ...(referring
            ? { boss: { rule: 'priority', references: 'person' }, firm: { rule: 'priority', references: 'firm' } }
            : {}),
        },
      },
      firm: { keys: [['number']], properties: { number: { rule: 'key' }, name: { rule: 'priority' } } },
    },
    mappings: names.flatMap((name, at) => [
      {
        name: `${name}-person`,
        system: name,
        datatype: 'person',
        concept: 'person',
        modified: 'changed',
        ...(other && at === 2 ? { priority: 1 } : {}),
        ...(marked && at === 0 ? { deletion: { property: 'boss', means: 'time' } } : {}),
        ...(watched && at === 0 ? { gone: 'keep' } : {}),
        ...(filtered && at === 1 ? { filter: ['neq', '_S.name', 'Bo'] } : {}),
        ...(withoutInserts && at === 2 ? { share: { insert: false } } : {}),
        properties: [
          { from: 'email', to: 'email' },
          { from: 'ssn', to: 'ssn' },
          {
            from: 'name',
            to: 'name',
            ...(vocabulary && at === 1 ? { values: [{ here: 'Anna', there: 'Cy' }] } : {}),
            ...(oneWay && at < 2 ? { direction: at === 0 ? 'in' : 'out' } : {}),
            ...(wayOut && at === 2 ? { out: ['upper', '_S.name'] } : {}),
          },
          ...(referring
            ? [
                byMail ? { from: 'boss_mail', to: 'boss' } : { from: 'boss', to: 'boss', references: `${name}-person` },
                { from: 'firm', to: 'firm', references: `${name}-firm`, ...(required && at === 0 ? { required } : {}) },
              ]
            : []),
        ],
      },
      {
        name: `${name}-firm`,
        system: name,
        datatype: 'firm',
        concept: 'firm',
        properties: [
          { from: 'number', to: 'number' },
          { from: 'name', to: 'name' },
        ],
      },
    ]),
  }
}

const plain: Choices = {
  twoKeys: false,
  latest: false,
  filtered: false,
  withoutInserts: false,
  byMail: false,
  required: false,
  referring: true,
  vocabulary: false,
  oneWay: false,
  marked: false,
  wayOut: false,
  blank: false,
  other: false,
  spaced: false,
  watched: false,
}
const rarely = fc.integer({ max: 5, min: 0 }).map((number) => number === 5)
const choices: fc.Arbitrary<Choices> = fc.record({
  ...mapValues(plain, () => fc.boolean()),
  watched: rarely,
  marked: rarely,
})

function mapValues<K extends string, V, W>(record: Readonly<Record<K, V>>, to: (value: V) => W): Record<K, W> {
  return Object.fromEntries(Object.entries<V>(record).map(([key, each]) => [key, to(each)])) as Record<K, W>
}

const value = (...values: string[]) => fc.constantFrom<(string | null)[]>(...values, null)
const person = fc.record({
  email: value('a@x', 'B@x', 'b @x', 'b@x', 'c@x', 'd@x'),
  ssn: value('1', '2', '3'),
  name: value('Anna', 'Bo', 'Cy', ''),
  boss: value('0', '1', '2'),
  boss_mail: value('a@x', 'b@x', 'd@x'),
  firm: value('0', '1'),
  changed: fc.constantFrom('2024-01-01', '2024-01-02'),
})
const firm = fc.record({ number: value('n1', 'n2'), name: value('Ltd', 'Inc') })
const three = <T>(rows: fc.Arbitrary<T>) => fc.array(fc.array(rows, { maxLength: 4 }), { minLength: 3, maxLength: 3 })

async function storeWith(data: ReadonlyMap<string, readonly Entity[]>): Promise<RecordReader> {
  const store = memoryStore(environment())
  await store.commit({ datasets: [...data].map(([dataset, entities]) => ({ dataset, entities, populated: true })) })
  return new RecordReader(store)
}

const rowsOf = (rows: readonly (readonly Record<string, string | null>[])[], at: number): Entity[] =>
  (rows[at] ?? []).map((row, id) => ({ ...row, id: `${id}`, _id: `${id}` }))

const textOf = ({ mapping, operation, record, before }: SharedChange): string =>
  printJson([mapping, operation, record, before])

/** Milliseconds: long laws take their time. */
const longest = Math.max(600_000, Number(process.env.LAWS ?? 0) * 1000)

describe('a dry run in parts', () => {
  it(
    'says what one of all records says',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(choices, { minLength: 1, maxLength: 3 }),
          three(person),
          three(firm),
          fc.integer({ min: 1, max: 5 }),
          fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
          async (edits, persons, firms, size, stops) => {
            const data = new Map(
              names.flatMap((name, at) => [
                [`${name}-person-collect`, rowsOf(persons, at)] as const,
                [`${name}-firm-collect`, rowsOf(firms, at)] as const,
              ]),
            )
            const reader = await storeWith(data)
            const sharing = new SharingRun(reader, new Matcher(reader, environment()), environment(), [size])
            for (const [edit, chosen] of edits.entries()) {
              const model = modelOf(chosen)
              const components = generate(model)
              const controller = new AbortController()
              let told = 0
              const finding = sharing.find(model, {
                components,
                isEdited: false,
                files: testProfile,
                signal: controller.signal,
                most: 1000,
                found: (_, done, of) => {
                  told++
                  expect(done).toBeLessThan(of + 1)
                  if (stops[edit] === true && edit < edits.length - 1) controller.abort()
                },
                progress: () => undefined,
              })
              const found = await finding.catch((error: unknown) => {
                if (!controller.signal.aborted) throw error
                return null
              })
              if (found === null) continue
              const { records } = await collectedRecords(model, reader)
              const { store } = await runInMemory(components, records, environment())
              const whole: string[] = []
              for await (const change of changesIn(store, planOf(model)))
                if (change.operation !== 'none') whole.push(textOf(change))
              expect(found.problems).toEqual([])
              expect(found.changes.map(textOf).sort()).toEqual(whole.sort())
              for (const [mapping, { none, ...counts }] of Object.entries(await countChanges(store, planOf(model))))
                expect(found.counts[mapping]).toMatchObject(chosen.watched ? counts : { ...counts, none })
              // Records that are all one, or refer to each other, have no part that could be told first.
              const isApart = new Set(persons.flat().map(({ email }) => email)).size > 3
              if (size === 1 && isApart && !chosen.referring) expect(told).toBeGreaterThan(0)
            }
          },
        ),
        { numRuns: process.env.LAWS === undefined ? 8 : Math.ceil(Number(process.env.LAWS) / 20) },
      )
    },
    longest,
  )

  it('keeps a record whose cluster became part of another one when a key was added', async () => {
    const data = new Map([
      ['crm-person-collect', [{ _id: '0', id: '0', email: null, ssn: '2', name: 'Ann' }]],
      ['web-person-collect', [{ _id: '0', id: '0', email: 'a@x', ssn: '2', name: 'Anna' }]],
    ])
    const reader = await storeWith(data)
    const sharing = new SharingRun(reader, new Matcher(reader, environment()), environment())
    const updates = async (twoKeys: boolean): Promise<string[]> => {
      const model = modelOf({ ...plain, twoKeys })
      const { changes } = await sharing.find(model, {
        components: generate(model),
        isEdited: false,
        files: testProfile,
        signal: new AbortController().signal,
        most: 10,
        found: () => undefined,
        progress: () => undefined,
      })
      return changes.flatMap(({ operation, mapping, record }) =>
        operation === 'update' ? [`${mapping} ${printJson(record.name ?? null)}`] : [],
      )
    }
    expect(await updates(false)).toEqual([])
    expect((await updates(true)).sort()).toEqual(['crm-person "Ann"', 'web-person "Ann"'])
  })
})
