/** Repeated incremental runs send the same as a first run over all data. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import { planOf } from '../../../engine-worker/model/generate/plan.ts'
import { collectName } from '../../../engine-worker/model/generate/plan-names.ts'
import type { Model } from '../../../engine-worker/model/model.ts'
import { changesIn, dryRun, type SharedChange } from '../../../engine-worker/model/test/changes.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { openProjectOf, runInternal } from '../../../engine-worker/testing/outputs.ts'

const runs = process.env.LAWS === undefined ? 12 : Math.ceil(Number(process.env.LAWS) / 20)
const names = ['crm', 'erp', 'web']
const twoForms = ['composite', 'plain'] as const

function modelOf(twoKeys: boolean): Model {
  return {
    version: 1,
    systems: Object.fromEntries(names.map((name) => [name, { datatypes: { person: { key: ['id'] } } }])),
    concepts: {
      person: {
        keys: twoKeys ? [['email'], ['ssn']] : [['email']],
        properties: {
          email: { rule: 'key' },
          ssn: { rule: 'key' },
          name: { rule: 'priority' },
          boss: { rule: 'priority', references: 'person' },
        },
      },
    },
    mappings: names.map((name) => ({
      name: `${name}-person`,
      system: name,
      datatype: 'person',
      concept: 'person',
      properties: [
        { from: 'email', to: 'email' },
        { from: 'ssn', to: 'ssn' },
        { from: 'name', to: 'name' },
        { from: 'boss', to: 'boss', references: `${name}-person` },
      ],
    })),
  }
}

const value = (...values: string[]) => fc.constantFrom<(string | null)[]>(...values, null)
const record = fc.record({
  email: value('a@x', 'b@x', 'c@x'),
  ssn: value('1', '2'),
  name: value('Anna', 'Bo'),
  boss: value('0', '1'),
})
/** The records of each system by their index; some are absent. */
const state = fc.array(fc.array(fc.option(record), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })

function textOf({ operation, mapping, record: row, before }: SharedChange): string {
  return printJson([mapping, operation, row, before])
}

test(
  'whatever comes, goes, merges and parts between the runs',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(state, { minLength: 2, maxLength: 4 }), async (twoKeys, states) => {
        const model = { ...modelOf(twoKeys), pipes: twoForms[states.length % 2] ?? 'composite' }
        const plan = planOf(model)
        const store = memoryStore(machine)
        const session = new Session({ store, environment: machine })
        for (const systems of states) {
          const rows = names.map((_, at) =>
            (systems[at] ?? []).flatMap((each, id): JsonObject[] => (each === null ? [] : [{ id: `${id}`, ...each }])),
          )
          const files = generate(model).map(({ id, file, config }) => {
            const at = names.findIndex((system) => collectName({ system, datatype: 'person' }) === id)
            const entities = (rows[at] ?? []).map((row) => ({ ...row, _id: row.id ?? '' }))
            return [file, printJson(at < 0 ? config : { ...config, source: { type: 'embedded', entities } })] as const
          })
          session.open(Object.fromEntries(files))
          const result = await runInternal(openProjectOf(session))
          expect(result.pipes.flatMap(({ problems }) => problems)).toEqual([])
          const going: string[] = []
          for await (const change of changesIn(store, plan)) if (change.operation !== 'none') going.push(textOf(change))
          const input = Object.fromEntries(names.map((name, at) => [`${name}.person`, rows[at] ?? []]))
          const { changes } = await dryRun({ ...model, pipes: 'composite' }, input, machine)
          const fresh = changes.filter(({ operation }) => operation !== 'none').map(textOf)
          expect(going.sort()).toEqual(fresh.sort())
        }
      }),
      { numRuns: runs },
    )
  },
  Math.max(120_000, runs * 8_000),
)
