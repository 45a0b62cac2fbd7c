/** Checks in the place of tests, for projects that send nothing to the outside. */
import { describe, expect, it } from 'vitest'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { readChecks } from '../../../engine-worker/testing/checks.ts'
import { checksText, suggestedChecks } from '../../../engine-worker/testing/dataset-checks.ts'
import { expectations } from '../../../engine-worker/testing/expect.ts'
import { openProjectOf, runInternal } from '../../../engine-worker/testing/outputs.ts'
import { testProject } from '../../../engine-worker/testing/project.ts'

const embedded = (entities: readonly object[]) => ({
  _id: 'read',
  type: 'pipe',
  namespaced_identifiers: false,
  source: { type: 'embedded', entities },
})
const copy = (id: string, dataset: string, more: object = {}) => ({
  _id: id,
  type: 'pipe',
  namespaced_identifiers: false,
  source: { type: 'dataset', dataset },
  ...more,
})
const nothing = { transform: { type: 'dtl', rules: { default: [['discard']] } } }

function open(pipes: readonly { readonly _id: string }[], more: Readonly<Record<string, string>> = {}) {
  const session = new Session({ store: memoryStore(machine), environment: machine })
  session.open({
    ...Object.fromEntries(pipes.map((pipe) => [`pipes/${pipe._id}.conf.json`, JSON.stringify(pipe)])),
    ...more,
  })
  return openProjectOf(session)
}

const rows = [
  { _id: '1', name: 'Ada', age: 36, note: null },
  { _id: '2', name: 'Bo', age: 'old' },
]

describe('suggested checks', () => {
  it('are of the last dataset with entities: what every entity has, and types', async () => {
    const project = open([embedded(rows), copy('collect', 'read'), copy('empty', 'collect', nothing)])
    await runInternal(project)
    const checks = await suggestedChecks(project)
    expect(checks.map(({ dataset, property, is }) => `${dataset} ${property} ${is}`)).toEqual([
      'collect name present',
      'collect name type',
      'collect age present',
      'collect age type',
    ])
    expect(checks.at(-1)).toMatchObject({ types: ['integer', 'string'] })
    expect(readChecks(checksText(checks), 'checks.json')).toEqual({ checks, problems: [] })
    expect(checksText(checks).split('\n')).toHaveLength(checks.length + 3)
  })

  it('take the place of expected outputs where there are none, and fail when the data is another', async () => {
    const { files, made } = await expectations(open([embedded(rows), copy('collect', 'read')]), 'missing')
    expect(Object.keys(files)).toEqual(['checks.json'])
    expect(made).toBe(4)
    const statuses = async (entities: readonly object[]) =>
      (await testProject(open([embedded(entities), copy('collect', 'read')], files))).rows.map(({ status }) => status)
    expect(await statuses(rows)).toEqual(Array(4).fill('passed'))
    expect(await statuses([{ _id: '1', age: true }])).toEqual(['failed', 'passed', 'passed', 'failed'])
  })

  it('are not made where a pipe has an output, or where there are checks', async () => {
    const out = copy('out', 'read', { sink: { type: 'json', system: 's', url: 'x' } })
    const system = {
      'systems/s.conf.json': '{"_id": "s", "type": "system:url", "url_pattern": "https://s.example/%s"}',
    }
    const withOutput = await expectations(open([embedded(rows), out], system), 'missing')
    expect(Object.keys(withOutput.files).sort()).toEqual(['expected/out.json', 'expected/out.test.json'])
    expect(withOutput.made).toBe(1)
    const checked = await expectations(open([embedded(rows)], { 'checks.json': '[]' }), 'missing')
    expect(checked).toMatchObject({ files: {}, made: 0 })
  })
})
