import { describe, expect, it } from 'vitest'
import { withRepairMade } from '../../../engine-worker/analysis/quick-fix.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { isObject, type JsonObject } from '../../../engine-worker/entity/value.ts'

const otherComponents = [
  { _id: 'people', type: 'pipe', source: { type: 'empty' } },
  { _id: 'web', type: 'system:url', url_pattern: 'https://x/%s' },
  { _id: 'rest', type: 'system:rest', url_pattern: 'https://x/%s', operations: { list: { url: 'a', method: 'GET' } } },
]

function problemsOf(pipe: JsonObject) {
  const files = { 'all.conf.json': JSON.stringify([{ _id: 'p', type: 'pipe', ...pipe }, ...otherComponents]) }
  return checkProject(loadProject(files, {})).filter(({ where }) => where.pipe === 'p')
}

const rules = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } }) as unknown as JsonObject

describe('a repair', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'renames a property where it stands',
      { source: { type: 'dataset', datset: 'people', subset: ['eq', '_S.a', 1] } },
      { source: { type: 'dataset', dataset: 'people', subset: ['eq', '_S.a', 1] } },
    ],
    [
      'names the type',
      { source: { type: 'datset', dataset: 'people' } },
      { source: { type: 'dataset', dataset: 'people' } },
    ],
    [
      'names the dataset',
      { source: { type: 'dataset', dataset: 'peopel' } },
      { source: { type: 'dataset', dataset: 'people' } },
    ],
    [
      'names the dataset of a join and keeps its alias',
      {
        source: { type: 'dataset', dataset: 'people' },
        transform: rules(['add', 'x', ['hops', { datasets: ['peopel o'], where: [['eq', '_S.a', 'o.b']] }]]),
      },
      {
        source: { type: 'dataset', dataset: 'people' },
        transform: rules(['add', 'x', ['hops', { datasets: ['people o'], where: [['eq', '_S.a', 'o.b']] }]]),
      },
    ],
    [
      'names the system',
      { source: { type: 'json', system: 'wbe', url: 'x' } },
      { source: { type: 'json', system: 'web', url: 'x' } },
    ],
    [
      'names a function, inside of another one too',
      { source: { type: 'dataset', dataset: 'people' }, transform: rules(['add', 'x', ['lower', ['uper', '_S.a']]]) },
      { source: { type: 'dataset', dataset: 'people' }, transform: rules(['add', 'x', ['lower', ['upper', '_S.a']]]) },
    ],
    [
      'names a step',
      { source: { type: 'dataset', dataset: 'people' }, transform: rules(['ad', 'x', 1]) },
      { source: { type: 'dataset', dataset: 'people' }, transform: rules(['add', 'x', 1]) },
    ],
    [
      'removes a property that nobody knows',
      { source: { type: 'dataset', dataset: 'people', xyzzy: 1 } },
      { source: { type: 'dataset', dataset: 'people' } },
    ],
    [
      'reads a number and a truth value that are written as texts',
      { source: { type: 'dataset', dataset: 'people', include_previous_versions: 'True' }, batch_size: '10' },
      { source: { type: 'dataset', dataset: 'people', include_previous_versions: true }, batch_size: 10 },
    ],
    [
      'makes a list of one value',
      { source: { type: 'union_datasets', datasets: 'people' } },
      { source: { type: 'union_datasets', datasets: ['people'] } },
    ],
    [
      'chooses what was meant',
      { source: { type: 'dataset', dataset: 'people' }, pump: { mode: 'manuel' } },
      { source: { type: 'dataset', dataset: 'people' }, pump: { mode: 'manual' } },
    ],
    [
      'sets the version of a merge that names none',
      { source: { type: 'merge', datasets: ['people p'], equality: [] } },
      { source: { type: 'merge', datasets: ['people p'], equality: [], version: 2 } },
    ],
    [
      'keeps one of two properties that exclude each other',
      { source: { type: 'dataset', dataset: 'people' }, pump: { cron_expression: '0 0 * * *', schedule_interval: 5 } },
      { source: { type: 'dataset', dataset: 'people' }, pump: { cron_expression: '0 0 * * *' } },
    ],
    [
      'names an operation',
      { source: { type: 'rest', system: 'rest', operation: 'lits' } },
      { source: { type: 'rest', system: 'rest', operation: 'list' } },
    ],
    [
      'names a rule',
      {
        source: { type: 'dataset', dataset: 'people' },
        transform: {
          type: 'dtl',
          rules: { default: [['add', 'x', ['apply', 'adress', '_S.a']]], address: [['copy', '*']] },
        },
      },
      {
        source: { type: 'dataset', dataset: 'people' },
        transform: {
          type: 'dtl',
          rules: { default: [['add', 'x', ['apply', 'address', '_S.a']]], address: [['copy', '*']] },
        },
      },
    ],
  ])('%s', (_says, broken, whole) => {
    // One after another, as a person clicks on each.
    let config = broken
    for (let step = 0; step < 5; step += 1) {
      const next = problemsOf(config).find(({ repair }) => repair !== undefined)
      if (next === undefined) break
      config = withRepairMade(config, next)
    }
    expect(config).toEqual(whole)
    expect(Object.keys(isObject(config.source) ? config.source : {})).toEqual(
      Object.keys(isObject(whole.source) ? whole.source : {}),
    )
  })

  it('is there only where a problem says what was meant, and leaves alone what has changed meanwhile', () => {
    const offered = problemsOf({ source: { type: 'dataset', dataset: 'xyzzy' } }).map(({ repair }) => repair)
    expect(offered).toEqual([undefined])
    const [misspelt] = problemsOf({ source: { type: 'dataset', dataset: 'peopel' } })
    const config: JsonObject = { source: { type: 'dataset', dataset: 'people' } }
    expect(misspelt && withRepairMade(config, misspelt)).toEqual(config)
    expect(misspelt && withRepairMade({ transform: [] }, misspelt)).toEqual({ transform: [] })
  })
})
