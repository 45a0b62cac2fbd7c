import { describe, expect, test } from 'vitest'
import { template } from '../../../engine-worker/connectors/template.ts'
import { Fault } from '../../../engine-worker/problem.ts'

describe('templates', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['plain', {}, 'plain'],
    ['{{ a }}/{{ b.c }}', { a: 1, b: { c: 'x' } }, '1/x'],
    ['{{ gone }}', {}, ''],
    ["{{ a | default('none') }}", {}, 'none'],
    ['{% if a is defined %}yes{% else %}no{% endif %}', { a: 1 }, 'yes'],
    ['{% for i in list %}{{ i }};{% endfor %}', { list: [1, 2] }, '1;2;'],
    ['{{ name | upper }}', { name: 'ann' }, 'ANN'],
    ["{{ a ~ '-' ~ b }}", { a: 'x', b: 'y' }, 'x-y'],
    ['{{ q | urlencode }}', { q: 'a b/ø' }, 'a%20b/%C3%B8'],
    ['{{ a | base64_encode }}', { a: 'user:pw' }, 'dXNlcjpwdw=='],
    ['{{ page + 1 }}', { page: 2 }, '3'],
    ["{{ body['odd key'] }}", { body: { 'odd key': 1 } }, '1'],
  ])('%s', (text, values, rendered) => {
    expect(template(text)(values)).toBe(rendered)
  })
  test('what cannot be parsed or rendered is a Fault that shows the template', () => {
    expect(() => template('{{ a')({})).toThrow(Fault)
    expect(() => template('{{ a | nonsense }}')({ a: 'x' })).toThrow(/nonsense/)
  })
})
