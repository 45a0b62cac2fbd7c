/** Tables without a unique key: found, reported, and given a key column. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withKeyColumn } from '../../../engine-worker/connectors/key-column.ts'
import { parseCsv } from '../../../engine-worker/connectors/sources/csv.ts'
import { findTableKeyColumns } from '../../../engine-worker/connectors/table-key.ts'
import { memoryEngine } from '../../support/memory-engine.ts'

const part = (config: object = {}) => ({ type: 'csv', path: ['source'], config: { type: 'csv', ...config } })
const repeated = 'name,city\nAda,Oslo\nAda,Bergen\nGrace,Oslo\n'

describe('the keys of a table', () => {
  it('are the columns that are different in every row, those named like one first', () => {
    expect(findTableKeyColumns('x;kunde_id;note\na;7;\nb;8;z\n', part())).toEqual({
      columns: ['x', 'kunde_id', 'note'],
      rows: 2,
      single: ['kunde_id', 'x'],
      several: null,
      repeated: 0,
    })
  })

  it('are the fewest columns together where none is one alone', () => {
    expect(findTableKeyColumns(repeated, part())).toMatchObject({ single: [], several: ['name', 'city'], repeated: 0 })
    const three = 'a,b,c\n1,1,1\n1,1,2\n1,2,1\n2,1,1\n1,2,2\n'
    expect(findTableKeyColumns(three, part()).several).toEqual(['a', 'b', 'c'])
    expect(findTableKeyColumns('a,b\n1,1\n1,1\n', part())).toMatchObject({ single: [], several: null, repeated: 1 })
  })

  it('can be made: a number keeps every row apart, a hash those that differ', () => {
    const withKeyAdded = (text: string, how: 'row' | 'hash') => {
      const { text: made, column } = withKeyColumn(text, part(), how)
      return [...parseCsv(made, part({ primary_key: column }))]
    }
    const cell = fc.stringMatching(/^[a-z ",;\n]{0,4}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const quoted = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
        const text = ['x,y', ...quoted].join('\n')
        const numbered = withKeyAdded(text, 'row')
        expect(numbered.map(({ x = '', y = '' }) => [x, y])).toEqual(rows)
        expect(new Set(numbered.map(({ _id }) => _id)).size).toBe(rows.length)
        const different = new Set(rows.map((row) => JSON.stringify(row))).size
        expect(new Set(withKeyAdded(text, 'hash').map(({ _id }) => _id)).size).toBe(different)
      }),
    )
    expect(withKeyColumn('row,b\n1,2\n', part(), 'row').column).toBe('row2')
  })
})

describe('a CSV source whose rows collide', () => {
  const pipe = (primary_key: unknown) => ({
    _id: 'people',
    type: 'pipe',
    source: { type: 'csv', system: 's', url: 'people.csv', primary_key },
  })
  const openWithKey = async (primary_key: unknown) => {
    const engine = memoryEngine()
    const system = { _id: 's', type: 'system:url', base_url: 'https://example.org/' }
    await engine.open({
      project: 'p',
      files: {
        'pipes/people.conf.json': JSON.stringify(pipe(primary_key)),
        'systems/s.conf.json': JSON.stringify(system),
      },
    })
    return engine
  }
  const ignoreEvent = () => undefined

  it('says so when data is supplied, in the preview and in the run, with the numbers', async () => {
    const engine = await openWithKey('name')
    const { entities, problems } = await engine.supply({ pipe: 'people', name: 'people.csv', text: repeated })
    expect([entities, problems.map(({ code }) => code)]).toEqual([3, ['csv-rows-collide']])
    expect(problems[0]?.facts).toEqual({ rows: 3, columns: 'name', lost: 1, line: 2 })
    const seen = await engine.preview({ pipe: JSON.stringify(pipe('name')), limit: 1 })
    expect(seen.stages[0]?.problems.map(({ code, where }) => [code, where.path])).toEqual([
      ['csv-rows-collide', ['source', 'primary_key']],
    ])
    const run = await engine.run({ run: '1', pipes: ['people'] }, ignoreEvent)
    expect(run.pipes[0]).toMatchObject({ state: 'done', read: 3 })
    expect(run.pipes[0]?.problems.map(({ code }) => code)).toEqual(['csv-rows-collide'])
  })

  it('loses nothing with the key that is found, or with a column that is added', async () => {
    const engine = await openWithKey('name')
    await engine.supply({ pipe: 'people', name: 'people.csv', text: repeated })
    expect(await engine.tableKeys({ pipe: 'people' })).toMatchObject({ single: [], several: ['name', 'city'] })
    const column = await engine.addKeyColumn({ pipe: 'people', how: 'row' })
    for (const key of [['name', 'city'], column]) {
      await engine.update({ files: { 'pipes/people.conf.json': JSON.stringify(pipe(key)) } })
      const run = await engine.run({ run: String(key), pipes: ['people'], full: true }, ignoreEvent)
      expect(run.pipes[0]).toMatchObject({ state: 'done', read: 3, problems: [] })
      expect((await engine.rows({ dataset: 'people', from: 0, count: 9 })).total).toBe(3)
    }
  })
})
