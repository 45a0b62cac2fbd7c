import { expect, test } from 'vitest'
import { functions, functionTable } from '../../../../engine-worker/dtl/registry.ts'
import { parseExpression } from '../../../../engine-worker/dtl/tree/parse.ts'
import { referencesOf } from '../../../../engine-worker/dtl/tree/references.ts'
import type { Json } from '../../../../engine-worker/entity/value.ts'

const alias = (name: string, slot: number) => [name, { name, dataset: 'd', slot, definedAt: [] }] as const
const scope = { aliases: new Map([alias('x', 0), alias('outer', 1)]), source: null }
const references = (json: Json) => {
  const { node } = parseExpression(json, [], functionTable, scope)
  const { aliases, ...rest } = referencesOf(node, (name) => name === 'x')
  return { aliases: [...aliases], ...rest }
}
const noReferences = { aliases: [], context: false, item: false, opaque: false }

test('an expression refers to aliases of its own hops, to what is around it, and to items', () => {
  expect(references(['concat', 'x.a', 'b'])).toEqual({ ...noReferences, aliases: ['x'] })
  expect(references('outer.a')).toEqual({ ...noReferences, context: true })
  expect(references(['list', '_S.a', '_P._T.b'])).toEqual({ ...noReferences, context: true })
  expect(references(['map', ['lower', '_.'], 'x.list'])).toEqual({ ...noReferences, aliases: ['x'], item: true })
  expect(references(['literal', ['lower', '_S.a']])).toEqual(noReferences)
})

test('what looks elsewhere, or may give something else the next time, is opaque', () => {
  const opaque = functions.flatMap(({ name, kind, takes }) => {
    const required = takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many')
    const call: Json = [name, ...required.map(({ mode }): Json => (mode === 'hops' ? { datasets: ['a y'] } : 'x.a'))]
    return kind === 'expression' && references(call).opaque ? [name] : []
  })
  expect(opaque.sort()).toEqual([
    'apply',
    'apply-hops',
    'completeness',
    'decrypt',
    'decrypt-pgp',
    'decrypt-pki',
    'encrypt',
    'encrypt-pgp',
    'encrypt-pki',
    'hops',
    'is-changed',
    'lookup',
    'lookup-entity',
    'now',
    'phonenumber-format',
    'phonenumber-parse',
    'uuid',
  ])
})
