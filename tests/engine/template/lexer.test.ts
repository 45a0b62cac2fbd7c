/** Tokens of templates. */
import { describe, expect, test } from 'vitest'
import { TemplateError } from '../../../engine-worker/template/error.ts'
import { tokenize } from '../../../engine-worker/template/lexer.ts'

const tokenTexts = (source: string) => tokenize(source).map(({ type, value }) => `${type} ${value}`.trim())

describe('text and delimiters', () => {
  test.each<[string, string[]]>([
    ['a {{ b }} c', ['data a', 'print {{', 'name b', 'end }}', 'data  c', 'eof']],
    ['a {{- b -}} c', ['data a', 'print {{-', 'name b', 'end -}}', 'data c', 'eof']],
    ['a {# b #}c', ['data a', 'data c', 'eof']],
    ['{% raw %}{{ a }}{% endraw %}', ['data {{ a }}', 'eof']],
    [
      "{{ {'a': {}} }}",
      ['print {{', 'operator {', 'string a', 'operator :', 'operator {', 'operator }', 'operator }', 'end }}', 'eof'],
    ],
    ['a\r\nb\n', ['data a\nb', 'eof']],
  ])('%j', (source, wanted) => {
    expect(tokenTexts(source).map((word) => word.trimEnd())).toEqual(wanted)
  })
})

describe('literals', () => {
  test.each<[string, unknown]>([
    ['1_000', 1000],
    ['0x1F', 31],
    ['12345678901234567890', 12345678901234567890n],
    ['1.5e3', 1500],
  ])('%s', (source, wanted) => {
    expect(tokenize(`{{ ${source} }}`)[1]?.number).toBe(wanted)
  })
  test.each<[string, string]>([
    ["'a\\'b'", "a'b"],
    ['"\\u00e6\\x41\\n"', 'æA\n'],
    ["'\\q'", '\\q'],
  ])('%s', (source, wanted) => {
    expect(tokenize(`{{ ${source} }}`)[1]).toMatchObject({ type: 'string', value: wanted })
  })
})

test('lines are counted, and mistakes have theirs', () => {
  expect(
    tokenize('a\n{{ b\n}}\n{{ c }}')
      .filter(({ type }) => type === 'name')
      .map(({ line }) => line),
  ).toEqual([2, 4])
  for (const source of ['a\n{# b', 'a\n{% raw %}', 'a\n{{ ? }}', 'a\n{{ ) }}']) {
    expect(() => tokenize(source)).toThrow(TemplateError)
    try {
      tokenize(source)
    } catch (error) {
      expect(error).toMatchObject({ kind: 'TemplateSyntaxError', line: 2 })
    }
  }
})
