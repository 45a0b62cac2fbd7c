import { describe, expect, it } from 'vitest'
import { repaired, repairOf } from '../../../engine-worker/analysis/quick-fix.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { isObject, type JsonObject } from '../../../engine-worker/entity/value.ts'

const others = [
  { _id: 'people', type: 'pipe', source: { type: 'empty' } },
  { _id: 'web', type: 'system:url', url_pattern: 'https://x/%s' },
]

function problemsOf(pipe: JsonObject) {
  const files = { 'all.conf.json': JSON.stringify([{ _id: 'p', type: 'pipe', ...pipe }, ...others]) }
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
  ])('%s', (_says, broken, whole) => {
    const found = problemsOf(broken)
      .map(repairOf)
      .find((each) => each !== null)
    expect(found).toBeTruthy()
    if (!found) return
    const mended = repaired(broken, found)
    expect(mended).toEqual(whole)
    expect(Object.keys(isObject(mended.source) ? mended.source : {})).toEqual(
      Object.keys(isObject(whole.source) ? whole.source : {}),
    )
    expect(
      problemsOf(mended)
        .map(repairOf)
        .filter((each) => each !== null),
    ).toEqual([])
  })

  it('is there only where a problem says what was meant, and leaves alone what has changed meanwhile', () => {
    expect(problemsOf({ source: { type: 'dataset', dataset: 'xyzzy' } }).map(repairOf)).toEqual([null])
    const config: JsonObject = { source: { type: 'dataset', dataset: 'people' } }
    expect(repaired(config, { path: ['source', 'dataset'], from: 'peopel', to: 'people' })).toEqual(config)
    expect(repaired(config, { path: ['gone', 0], from: 'a', to: 'b' })).toEqual(config)
  })
})
