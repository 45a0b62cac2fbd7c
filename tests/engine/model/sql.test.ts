/** SQL expressions have the same results in DTL as in PostgreSQL; unsupported ones are refused with a reason. */
import { describe, expect, test } from 'vitest'
import { float, type Value } from '../../../engine-worker/entity/value.ts'
import { sqlToCondition, sqlToDtl } from '../../../engine-worker/model/sql/translate.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { evaluate } from '../dtl/functions/evaluate.ts'

const source: { readonly [name: string]: Value } = {
  a: 'Ann',
  b: 'lee',
  n: 7,
  f: float(2.5),
  nothing: null,
  empty: '',
  phone: '+47 (22) 33-44',
  org: 'NO 987 654 321 MVA',
  code: '00420',
  when: '2024-03-15T10:20:30Z',
  tags: ['vip', 'new'],
}
const scope = { column: (name: string) => `_S.${name}` }

/** Numbers of all kinds as texts, so that 5 and 5.0 are the same. */
function value(sql: string): unknown {
  const result = evaluate(sqlToDtl(sql, scope), source)
  return typeof result === 'object' && result !== null && !Array.isArray(result)
    ? Number(String((result as { value?: unknown }).value ?? result))
    : result
}
const evaluateCondition = (sql: string) => evaluate(sqlToCondition(sql, scope), source)

test.each<[string, unknown]>([
  ["upper(a) || ' ' || initcap(b)", 'ANN Lee'],
  ['a || nothing', null],
  ["concat(a, nothing, '-', n)", 'Ann-7'],
  ["concat_ws(', ', a, nothing, b)", 'Ann, lee'],
  ["position('nn' in a)", 2],
  ["position('x' in a)", 0],
  ["strpos(phone, '(')", 5],
  ['substring(a from 2 for 1)', 'n'],
  ['substr(a, 2)', 'nn'],
  ["trim(leading '0' from code)", '420'],
  ["trim(both from '  x ')", 'x'],
  ["ltrim(code, '0')", '420'],
  ["regexp_replace(phone, '[^0-9]', '', 'g')", '47223344'],
  ["regexp_replace(phone, '\\D+', '', 'g')", '47223344'],
  ["regexp_replace(org, '[[:space:]]+', ' ', 'g')", 'NO 987 654 321 MVA'],
  ["regexp_replace('a  b   c', '\\s+', ' ', 'g')", 'a b c'],
  ["regexp_replace('x--y-', '-+', '_', 'g')", 'x_y_'],
  ["regexp_replace(code, '^0+', '')", '420'],
  ["regexp_replace('+4722', '^\\+47', '')", '22'],
  ["regexp_replace('a.b.c', '\\.', '/', 'g')", 'a/b/c'],
  ["regexp_replace(nothing, '[^0-9]', '', 'g')", null],
  ['reverse(a)', 'nnA'],
  ["repeat('ab', 2)", 'abab'],
  ["translate('a-b c', '- ', '_')", 'a_bc'],
  ["split_part(phone, ' ', 2)", '(22)'],
  ["coalesce(nothing, nullif(empty, ''), 'z')", 'z'],
  ['CASE n WHEN 7 THEN a ELSE b END', 'Ann'],
  ['CASE WHEN n > 7 THEN 1 WHEN n IS NULL THEN 2 END', null],
  ['n % 4', 3],
  ['round(f)', 3],
  ['sign(0 - n)', -1],
  ['date_trunc(\'month\', "when")', '2024-03-01T00:00:00Z'],
  ['extract(year from "when")', 2024],
  ['to_char("when", \'DD.MM.YYYY\')', '15.03.2024'],
  ["array_to_string(tags, '+')", 'vip+new'],
  ['(n > 3)::text', 'true'],
  ['n > nothing', null],
])('%s is %j', (sql, expected) => {
  expect(value(sql)).toEqual(expected)
})

test.each<[string, boolean]>([
  ["a LIKE 'A%'", true],
  ["a NOT ILIKE 'a_n'", false],
  ["a IN ('Ann', 'Bo')", true],
  ["nothing NOT IN ('Ann')", false],
  ["a = ANY (ARRAY['x', 'Ann'])", true],
  ["a = ANY ('{x,Ann}'::text[])", true],
  ["a <> ALL (ARRAY['x'])", true],
  ["'vip' = ANY (tags)", true],
  ['n BETWEEN 7 AND 9', true],
  ['n NOT BETWEEN 8 AND 9', true],
  ['nothing IS DISTINCT FROM a', true],
  ['NOT (nothing = 1)', false],
  ["a ~ '^A'", true],
  ["a ~ 'nn$'", true],
  ["a ~* '^ann$'", true],
  ["a !~ '^B'", true],
  ["nothing !~ '^B'", false],
  ["code ~ '^[0-9]+$'", true],
  ["code ~ '^\\d{5}$'", true],
  ["code ~ '^\\d{4}$'", false],
  ["phone ~ '[0-9]'", true],
  ["phone ~ '[A-Z]'", false],
  ["org ~ '^[A-Z]{2} \\d{3}.*MVA$'", true],
  ["org ~ '^[A-Z]{2}\\d{3}.*MVA$'", false],
  ["'ab@x.no' ~ '^[^@]+@x\\.no$'", true],
  ["a ~ '^(Ann|Bo)$'", true],
  ["b ~ '^(Ann|Bo)$'", false],
  ["a ~ 'x|n'", true],
  ["starts_with(code, '00')", true],
])('%s is %j as a condition', (sql, expected) => {
  expect(evaluateCondition(sql)).toBe(expected)
})

describe('refused with a reason:', () => {
  test.each([
    ["a ~ '^(a+)+$'", 'its pattern cannot be said in DTL'],
    ["a ~ '\\bx'", '\\b is not known'],
    ["a ~ '[a-z'", 'a class has no end'],
    ["a ~ '[[:cool:]]'", 'the class cool is not known'],
    ["regexp_replace(a, '(.)(.)', '\\2\\1')", 'its pattern cannot be said in DTL'],
    ["regexp_replace(a, 'x', 'y')", 'it replaces only the first match'],
    ['frobnicate(a)', 'the function frobnicate is not known'],
    ['upper()', 'upper does not take 0 values'],
    ["a = 'x", 'is not expected'],
    ['a < ANY (tags)', '< with ANY is not known'],
    ['(SELECT max(x) FROM y)', 'a subselect has no meaning here'],
    ['(SELECT x, z FROM y)', 'a subselect gives one value'],
    ['(SELECT x FROM y JOIN z ON true)', 'a subselect has no'],
    ['a::geometry', 'the type geometry is not known'],
    [`${'('.repeat(200)}a${')'.repeat(200)}`, 'it is nested too deeply'],
  ])('%s', (sql, reason) => {
    let message = ''
    try {
      sqlToCondition(sql, scope)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      message = String(error.problem.facts.reason)
    }
    expect(message).toContain(reason)
  })
})
