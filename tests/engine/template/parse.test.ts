/** What templates are parsed into: precedence of operators, and statements that must be closed. */
import { describe, expect, test } from 'vitest'
import type { Expression } from '../../../engine-worker/template/nodes.ts'
import { parse } from '../../../engine-worker/template/parse.ts'

/** An expression with all its brackets. */
function bracketed(node: Expression): string {
  switch (node.is) {
    case 'constant':
      return String(node.value)
    case 'name':
      return node.name
    case 'unary':
      return `(${node.operator} ${bracketed(node.of)})`
    case 'binary':
      return `(${bracketed(node.left)} ${node.operator} ${bracketed(node.right)})`
    case 'and':
    case 'or':
      return `(${bracketed(node.left)} ${node.is} ${bracketed(node.right)})`
    case 'join':
      return `(${node.parts.map(bracketed).join(' ~ ')})`
    case 'filter':
      return `(${bracketed(node.of)}|${node.name})`
    case 'test':
      return `(${bracketed(node.of)} is ${node.name}${node.args.positional.map((each) => ` ${bracketed(each)}`).join('')})`
    case 'choice':
      return `(${bracketed(node.value)} if ${bracketed(node.condition)})`
    case 'compare':
      return `(${bracketed(node.left)}${node.rest.map(({ operator, value }) => ` ${operator} ${bracketed(value)}`).join('')})`
    default:
      return node.is
  }
}

describe('precedence', () => {
  test.each([
    ['a or b and not c', '(a or (b and (not c)))'],
    ['a + b * c', '(a + (b * c))'],
    ['a ~ b + c', '((a ~ b) + c)'],
    ['a * b ~ c', '((a * b) ~ c)'],
    ['-a ** b', '((- a) ** b)'],
    ['a ** b ** c', '((a ** b) ** c)'],
    ['-a|abs', '((- a)|abs)'],
    ['a + b|abs', '(a + (b|abs))'],
    ['a is odd and b', '((a is odd) and b)'],
    ['a is divisibleby 3', '(a is divisibleby 3)'],
    ['a is not none', '(not (a is none))'],
    ['not a in b', '(not (a in b))'],
    ['a < b < c', '(a < b < c)'],
    ['a if b else c', '(a if b)'],
    ['a|upper|trim', '((a|upper)|trim)'],
  ])('%s', (source, wanted) => {
    const [statement] = parse(`{{ ${source} }}`)
    expect(statement?.is === 'output' ? bracketed(statement.value) : '').toBe(wanted)
  })
})

test.each([
  '{% if a %}',
  '{% for a in b %}{% endif %}',
  '{% endif %}',
  '{% set a %}',
  '{% macro a %}{% endmacro %}',
  '{% macro a(b=1, c) %}{% endmacro %}',
  '{% macro a(b, b) %}{% endmacro %}',
  '{% call a %}{% endcall %}',
  '{% break %}',
  '{% for a in b %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}',
  '{% block a %}{% endblock %}{% block a %}{% endblock %}',
  '{% nothing %}',
  '{{ a b }}',
  '{{ a(b=1, b=2) }}',
  '{{ a(b=1, 2) }}',
  '{{ }}',
])('%s is a mistake', (source) => {
  expect(() => parse(source)).toThrow(/./)
})
