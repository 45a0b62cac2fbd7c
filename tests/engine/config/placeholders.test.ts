import { describe, expect, it } from 'vitest'
import { isJsonWithPlaceholders, placeholderValues } from '../../../engine-worker/config/project/placeholders.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { projectOf } from '../../../engine-worker/text/project.ts'

const file = 'pipes/p.conf.json'
const text = '{"_id":"p","type":"pipe","batch_size": {{@ size @}},"description":"for {{@who@}}"}'

describe('placeholders of .jinja_vars', () => {
  it('have values from lines or JSON', () => {
    const lines = placeholderValues('\uFEFF[section]\n# comment\n; comment\n size = 5 \nwho: x=y\nnothing\n=z\n')
    expect([...lines]).toEqual([
      ['size', '5'],
      ['who', 'x=y'],
    ])
    expect([...placeholderValues('{"size": 5, "on": true, "who": "x"}')]).toEqual([
      ['size', '5'],
      ['on', 'true'],
      ['who', 'x'],
    ])
  })

  it('are replaced before the text is read, also outside quotes', () => {
    const { pipes, problems } = loadProject({ [file]: text, '.jinja_vars': 'size=5\nwho=you' })
    expect([pipes.get('p')?.config.batch_size, pipes.get('p')?.config.description, problems]).toEqual([
      5,
      'for you',
      [],
    ])
  })

  it('are named when nothing gives them a value', () => {
    const { problems } = loadProject({ [file]: '{"_id":"p","type":"pipe","name":"{{@ a @}}{{@ a @}}"}' })
    expect(problems).toMatchObject([{ code: 'placeholder-without-value', where: { file }, facts: { name: 'a' } }])
  })

  it('keep a file that is JSON only with them as it is, without calling it broken', () => {
    expect(projectOf([{ path: file, content: text }])).toMatchObject({
      value: { files: { [file]: text } },
      problems: [{ code: 'file-with-placeholders', severity: 'hint' }],
    })
    expect(isJsonWithPlaceholders('{"a": {{@ b @}}')).toBe(false)
    expect(projectOf([{ path: file, content: '{"a": {{@ b @}}' }]).problems).toMatchObject([{ code: 'json-broken' }])
  })
})
