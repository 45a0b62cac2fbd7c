/** Rules and properties by name, as the palette finds them. */
import { describe, expect, it } from 'vitest'
import { projectSymbols } from '../../../app/commands/symbols.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import { addComponent, emptyProject, putValue } from '../../../engine-worker/index.ts'

const pipe = {
  _id: 'p',
  type: 'pipe',
  source: { type: 'dataset', dataset: 'people' },
  transform: {
    type: 'dtl',
    rules: {
      default: [
        ['add', 'total', '_S.amount'],
        ['add', 'total', 2],
        ['copy', 'a*'],
      ],
      line: [['copy', '*']],
    },
  },
}
const project = addComponent(emptyProject, pipe).project

describe('the symbols of a project', () => {
  it('are its rules where they stand, and each property once, where the pipe first names it', () => {
    const symbols = projectSymbols(project, functionTable)
    const rules = symbols.filter(({ what }) => what === 'rule')
    expect(rules.map(({ name, pipe: id }) => [name, id])).toEqual([
      ['default', 'p'],
      ['line', 'p'],
    ])
    const totals = symbols.filter(({ name }) => name === 'total')
    expect(totals.map(({ what, path }) => [what, path])).toEqual([
      ['property', ['transform', 'rules', 'default', 0, 1]],
    ])
    expect(symbols.some(({ name }) => name === 'amount')).toBe(true)
    expect(symbols.some(({ name }) => name.includes('*'))).toBe(false)
  })

  it('of a pipe are read again only when it has changed', () => {
    const [before] = projectSymbols(project, functionTable)
    expect(projectSymbols(project, functionTable)[0]).toBe(before)
    const [key = ''] = Object.keys(project.components)
    const changed = putValue(project, key, { ...pipe, transform: { type: 'dtl', rules: { other: [] } } })
    expect(projectSymbols(changed, functionTable).map(({ name }) => name)).toEqual(['other'])
  })
})
