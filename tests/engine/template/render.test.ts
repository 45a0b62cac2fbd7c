/** Templates with the results of Jinja 3.1.6, and forbidden operations. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { TemplateError } from '../../../engine-worker/template/error.ts'
import { compileTemplate, renderProgram } from '../../../engine-worker/template/render.ts'
import type { UndefinedMode } from '../../../engine-worker/template/values.ts'
import { conformance, noShared } from '../../shared.ts'

/** The text of a template, or the kind of its error. */
function render(template: string, source: JsonObject = {}, undefinedMode?: UndefinedMode): string {
  try {
    return renderProgram(compileTemplate(template), source, undefinedMode ? { undefinedMode } : {})
  } catch (error) {
    if (error instanceof TemplateError) return `!${error.kind}`
    throw error
  }
}

interface Case {
  readonly template: string
  readonly source: JsonObject
  readonly expect: string | undefined
}

function casesIn(file: string): Case[] {
  const json = readJson(readFileSync(file, 'utf8'))
  const list = isObject(json) ? json.cases : json
  const shared = isObject(json) && isObject(json.source) ? json.source : {}
  return (Array.isArray(list) ? list : []).filter(isObject).map(({ template, source, expect: text }) => ({
    template: String(template),
    source: isObject(source) ? source : shared,
    expect: typeof text === 'string' ? text : undefined,
  }))
}

/** Cases whose text differs from Jinja's, or that fail where Jinja does not. */
function differing(cases: readonly Case[]): string[] {
  return cases.flatMap(({ template, source, expect: wanted }) => {
    const given = render(template, source)
    const agrees = wanted === undefined ? given.startsWith('!') : given === wanted
    return agrees ? [] : [`${template}\n  ${given}\n  ${wanted}`]
  })
}

const recorded = casesIn(join(import.meta.dirname, '../../corpus/templates.json'))

test('recorded templates give what Jinja gives', () => {
  expect(recorded.length).toBeGreaterThan(500)
  expect(differing(recorded)).toEqual([])
})

test.skipIf(noShared)('documented conformance cases give what Jinja gives', () => {
  const cases = casesIn(join(conformance, 'jinja.json'))
  expect(cases.length).toBeGreaterThan(200)
  expect(differing(cases)).toEqual([])
})

test('letters of title case and floats in base 16 are written as Python writes them', () => {
  expect(render("{{ '\u01c5ep \u01c6ep'.title() }} {{ '\u01c5ep'|capitalize }}")).toBe('\u01c5ep \u01c5ep \u01c5ep')
  const floats = '{{ (2.5).hex() }} {{ 0.1.hex() }} {{ (-0.0).hex() }} {{ 5e-324.hex() }} {{ (-1e300).hex() }}'
  expect(render(floats)).toBe(
    '0x1.4000000000000p+1 0x1.999999999999ap-4 -0x0.0p+0 0x0.0000000000001p-1022 -0x1.7e43c8800759cp+996',
  )
})

describe('variables', () => {
  test.each<[string, UndefinedMode, string]>([
    ['{{ gone }}', 'strict', '!UndefinedError'],
    ['{{ gone.name }}', 'strict', '!UndefinedError'],
    ['{{ gone is defined }}', 'strict', 'False'],
    ["{{ gone | default('x') }}", 'strict', 'x'],
    ['[{{ gone }}]', 'lenient', '[]'],
    ['{{ gone.name }}', 'lenient', '!UndefinedError'],
    ['[{{ gone.name.more }}]', 'chainable', '[]'],
    ['{% if gone.name is not defined %}1{% endif %}', 'chainable', '1'],
    ['{{ gone }}', 'debug', '{{ gone }}'],
  ])('%s is %s: %s', (template, mode, wanted) => {
    expect(render(template, {}, mode)).toBe(wanted)
  })
  test('a template never changes what it was given', () => {
    const source = { list: [3, 1], dict: { a: 1 } }
    expect(render('{% set _ = list.sort() %}{% set _ = dict.update(b=2) %}{{ list }}{{ dict }}', source)).toBe(
      "[1, 3]{'a': 1, 'b': 2}",
    )
    expect(source).toEqual({ list: [3, 1], dict: { a: 1 } })
  })
})

describe('what is refused', () => {
  test.each([
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    '{{ {}.__init__.__globals__ }}',
    "{{ x.constructor.constructor('return 7')() }}",
    '{{ x.__proto__ }}',
    "{{ [].map('x') }}",
    "{{ x|attr('__class__') }}",
    "{{ '{0.__class__}'.format(x) }}",
  ])('%s', (template) => {
    expect(render(template, { x: {} })).toMatch(/^!/)
  })
  test('names that begin with two underscores can be keys of data', () => {
    expect(
      render(
        '{{ x.__typename }}',
        readJson('{"x": {"__typename": "Person", "__proto__": 1}}') as JsonObject & { x: JsonObject },
      ),
    ).toBe('Person')
  })
  test.each(["{% include 'a' %}", "{% extends 'a' %}", "{% import 'a' as a %}", "{% from 'a' import b %}"])(
    '%s needs other templates',
    (template) => {
      expect(render(template)).toBe('!TemplateNotFound')
    },
  )
  test('mistakes have their line', () => {
    const errorLine = (template: string) => {
      try {
        compileTemplate(template)
      } catch (error) {
        return error instanceof TemplateError ? error.line : undefined
      }
    }
    expect(errorLine('a\n{{ b | nothing }}')).toBe(2)
    expect(errorLine('a\n\n{% if b %}')).toBe(3)
    expect(errorLine('{{ a')).toBe(1)
  })
})

describe('templates that would not end', () => {
  test.each([
    '{% for i in range(20000) %}{% for j in range(20000) %}x{% endfor %}{% endfor %}',
    '{% for i in range(3000000000) %}x{% endfor %}',
    '{{ range(3000000000)|list }}',
    "{{ 'x' * 10**9 }}",
    "{{ 'x' * 10**9 * 10**9 }}",
    '{{ [1] * 10**9 }}',
    '{{ 10 ** 100000 }}',
    '{{ 10 ** (10 ** 10) }}',
    "{{ '%999999999d' % 1 }}",
    "{{ '{:999999999}'.format(1) }}",
    "{{ 'x'.ljust(10**12) }}",
    "{{ 'x'|center(10**12) }}",
    "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
    '{% set l = [] %}{% set _ = l.append(l) %}{{ l == [l] }}{{ l|tojson }}',
    "{{ 'ab'|replace('', 'x' * 9000000) }}",
    `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`,
    `{{ ${'-'.repeat(5000)}1 }}`,
  ])('%.60s', (template) => {
    expect(render(template)).toMatch(/^!(Limit|TemplateSyntax|Value)Error/)
  })
  test.each([
    ["{{ ('a' * 50000 ~ '!')|striptags|length }}", '50001'],
    ["{{ ('<' * 50000)|striptags|length }}", '50000'],
    ["{{ ('<!--' * 20000)|striptags|length }}", '80000'],
    ["{{ ('(' * 3000 ~ 'www.')|urlize|length }}", '3004'],
    ["{{ ('a.' * 2000)|urlize|length }}", '4000'],
    ["{{ ('a@' * 2000 ~ '.')|urlize|length }}", '4001'],
    ["{{ ('-' * 20000)|wordwrap(10)|length }}", '21999'],
    ["{{ (' ' * 90000 ~ 'x').split()|length }}", '1'],
  ])('%s ends', (template, wanted) => {
    expect(render(template)).toBe(wanted)
  })
})
