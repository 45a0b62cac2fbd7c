import { describe, expect, it } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { withPositions } from '../../../engine-worker/text/positions.ts'

const places = (files: Record<string, string>) => {
  const project = loadProject(files)
  const found = withPositions(checkProject(project), project, files)
  return found.map(({ code, where }) => `${code} ${where.file}:${where.line}:${where.column}`)
}

describe('positions of problems', () => {
  it('are line and column of the value at the path', () => {
    const text = '{\r\n  "_id": "p",\n  "type": "pipe",\n  "source": {"type": "dataset",\n\t"dataset": "nowhere"}\n}'
    expect(places({ 'pipes/p.conf.json': text })).toEqual(['unknown-dataset pipes/p.conf.json:5:13'])
  })

  it('are those of the component in a list, and of the closest value that is written', () => {
    const list =
      '[\n {"_id":"a","type":"pipe","source":{"type":"empty"}},\n {"_id":"b",\n  "type":"pipe","source":{"type":"json"}}]'
    expect(places({ 'all.conf.json': list })).toEqual([
      'missing-property all.conf.json:4:26',
      'missing-property all.conf.json:4:26',
    ])
  })

  it('are those of the reader where a text is broken, and absent where there is no text', () => {
    expect(places({ 'pipes/p.conf.json': '{\n"_id" 1}' })).toEqual(['json-broken pipes/p.conf.json:2:7'])
    const project = loadProject({})
    const given = [
      { code: 'x', severity: 'hint', message: '', facts: {}, where: { file: 'gone', path: ['a'] } },
    ] as const
    expect(withPositions(given, project, {})).toEqual(given)
  })
})
