import { afterEach, describe, expect, test } from 'vitest'
import { declaredKind } from '../../../engine-worker/config/model/declared.ts'
import { textField } from '../../../engine-worker/config/model/field.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { type ConnectorKind, kind, registerKind } from '../../../engine-worker/connectors/kind.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { here } from '../../../engine-worker/connectors/open-context.ts'
import { output } from './open.ts'

const lettersSource = kind({
  role: 'source',
  type: 'letters',
  alias: ['abc'],
  label: 'Letters',
  says: 'Makes an entity of each letter.',
  runs: 'here',
  namespaced: true,
  fields: [textField('word', 'The word.', { required: true })],
  template: { type: 'letters', word: '' },
  example: { config: { type: 'letters', word: 'ab' }, gives: [{ _id: 'a' }, { _id: 'b' }] },
  doc: '',
  open: (part) =>
    here({
      reads: 'outside',
      config: part.config,
      since: null,
      whole: true,
      async *read() {
        yield [...String(part.config.word)].map((letter) => ({ _id: letter }))
      },
    }),
})

describe('a kind that is registered while the engine runs', () => {
  const undo: (() => void)[] = []
  const register = (each: ConnectorKind) => void undo.push(registerKind(each))
  afterEach(() => {
    for (const each of undo.splice(0)) each()
  })
  const problems = (source: object) =>
    checkProject(loadProject({ 'p.conf.json': JSON.stringify({ _id: 'p', type: 'pipe', source }) })).map(
      ({ code }) => code,
    )

  test('is validated, runs under each of its names, and takes part in namespaces', async () => {
    register(lettersSource)
    expect(problems({ type: 'letters', word: 'ab', comment: '', name: 'n' })).toEqual([])
    expect(problems({ type: 'abc' })).toEqual(['missing-property'])
    expect((await output({ pipe: { source: { type: 'abc', word: 'ab' } } })).entities).toEqual([
      { _id: 'a' },
      { _id: 'b' },
    ])
    const named = await output({ pipe: { source: { type: 'letters', word: 'a' }, namespaced_identifiers: true } })
    expect(named.entities).toEqual([{ _id: 'p:a' }])
  })
  test('takes the place of one with the same type, and can be taken back', async () => {
    register(lettersSource)
    register({ ...lettersSource, label: 'Other letters', alias: [] })
    expect(declaredKind('source', 'letters')?.label).toBe('Other letters')
    expect(declaredKind('source', 'abc')).toBeUndefined()
    for (const each of undo.splice(0)) each()
    expect(problems({ type: 'letters', word: 'ab' })).toEqual(['unknown-type'])
    expect((await output({ pipe: { source: { type: 'letters' } } })).problems).toEqual(['kind-cannot-run'])
  })
})
