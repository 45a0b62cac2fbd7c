/** Mistakes in templates as problems that name the template. */
import { describe, expect, test } from 'vitest'
import { lacksAttribute, template, templateProblem } from '../../../engine-worker/connectors/template.ts'
import { Fault, type Problem } from '../../../engine-worker/problem.ts'

const place = { name: 'service/operations/get/url', where: { path: ['source', 'operation'] } }

function problemOf(text: string, values: Record<string, unknown> = {}): Problem | null {
  try {
    template(text, place)(values)
    return null
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
}

describe('templates', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['plain', {}, 'plain'],
    ['{{ a }}/{{ b.c }}', { a: 1, b: { c: 'x' } }, '1/x'],
    ["{{ a | default('none') }}", {}, 'none'],
    ['{% if a is defined %}yes{% else %}no{% endif %}', { a: 1 }, 'yes'],
    ['{% for i in list %}{{ i }};{% endfor %}', { list: [1, 2] }, '1;2;'],
    ["{{ a ~ '-' ~ b }}", { a: 'x', b: 'y' }, 'x-y'],
    ['{{ q | urlencode }}', { q: 'a b/ø' }, 'a%20b/%C3%B8'],
    ['{{ a | bytes | base64_encode }}', { a: 'user:pw' }, 'dXNlcjpwdw=='],
    ['{{ id }}', { id: 12345678901234567890n }, '12345678901234567890'],
    ["{{ body['odd key'] }}", { body: { 'odd key': 1 } }, '1'],
  ])('%s', (text, values, rendered) => {
    expect(template(text)(values)).toBe(rendered)
  })
  test.each<[string, string]>([
    ['{{ id }}', 'unknown-template-variable'],
    ['{{ entity.id }}', 'unknown-template-variable'],
    ['{{ id', 'broken-template'],
    ['{{ entity | nonsense }}', 'broken-template'],
    ['{{ entity + 1 }}', 'broken-template'],
    ['{% for i in range(3000000000) %}x{% endfor %}', 'template-limit'],
  ])('%s is the problem %s, which names the template and its place', (text, code) => {
    const problem = problemOf(text, { entity: {} })
    expect(problem).toMatchObject({ code, where: place.where })
    expect(problem?.message).toContain(place.name)
  })
  test('a template that cannot be read is found without filling it in', () => {
    expect(templateProblem('{{ a', place)?.code).toBe('broken-template')
    expect(templateProblem('{{ a }}', place)).toBeNull()
  })
  test('a missing attribute is told from a missing variable', () => {
    const missingAttribute = (text: string) => {
      try {
        template(text)({ body: {} })
      } catch (error) {
        return lacksAttribute(error)
      }
    }
    expect(missingAttribute('{{ body.next }}')).toBe(true)
    expect(missingAttribute('{{ body.next.url }}')).toBe(true)
    expect(missingAttribute('{{ bdy.next }}')).toBe(false)
  })
})
