/** Transforms that put out further entities: create and create-child. */

import { canonical } from '../../entity/order.ts'
import { type Dict, type Entity, isDict, kindOf, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { one } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { type Call, transform } from '../define.ts'
import type { Step } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-transforms.rst'

const notAnEntity = problem<{ function: string; found: string }>({
  code: 'dtl-not-an-entity',
  severity: 'error',
  says: (f) => `“${f.function}” needs entities, dicts with a string "_id", but one of its values is ${f.found}.`,
  fix: () => 'Give every value an "_id", or set "id_required": false on the transform to leave such values out.',
})

/** The entities in a value. Others are a problem when the transform requires ids, and are left out otherwise. */
function entitiesIn(value: Value, call: Call): Entity[] {
  const entities: Entity[] = []
  for (const each of listOf(value)) {
    if (isDict(each) && typeof each._id === 'string') entities.push(each)
    else if (call.idRequired && each !== null)
      throw new Fault(notAnEntity({ function: call.declaration.name, found: describeValue(each) }))
  }
  return entities
}

function describeValue(value: Value): string {
  if (!isDict(value)) return `of type ${kindOf(value)}`
  return value._id === undefined ? 'a dict without "_id"' : 'a dict whose "_id" is not a string'
}

function addChildren(target: Dict, children: readonly Entity[]): void {
  const all = [...listOf(target.$children ?? null), ...children]
  const seen = new Set<string>()
  target.$children = all.filter((child) => {
    const key = canonical(child)
    return seen.has(key) ? false : seen.add(key)
  })
}

export const emittingFunctions = [
  transform({
    name: 'create',
    group: 'transforms',
    doc,
    says: 'Emits entities in addition to the target.',
    more: 'Each value must be a dictionary with a text “_id”. What is created stays, even when the target is filtered or discarded afterwards.',
    sentence: 'make an entity for each of {values}',
    writes: { is: 'creates', values: 'values', children: false },
    takes: [one('values', 'any', { says: 'One entity or a list of them.' })],
    examples: [
      {
        dtl: ['create', ['dict', '_id', 'log-1', 'text', 'seen']],
        source: {},
        gives: {},
        says: 'The target stays as it is; “log-1” is emitted in addition.',
      },
      {
        dtl: ['create', ['apply', 'line', '_S.lines']],
        rules: { line: [['add', '_id', ['string', '_S.no']]] },
        source: { lines: [{ no: 1 }, { no: 2 }] },
        gives: {},
      },
    ],
    compile: (call): Step => {
      const values = call.eval('values')
      return (frame) => {
        const entities = entitiesIn(values(frame), call)
        if (entities.length > 0) frame.out.created = [...frame.out.created, ...entities]
        return true
      }
    },
  }),
  transform({
    name: 'create-child',
    group: 'transforms',
    doc,
    says: 'Adds entities to the children of the target.',
    more: 'They are kept in “$children”. A dataset sink compares them with the earlier version, so that children which are gone are deleted; the “emit_children” transform emits them as entities of their own.',
    sentence: 'make a child for each of {values}',
    common: 12,
    writes: { is: 'creates', values: 'values', children: true },
    recipes: [{ does: 'children', fits: 'objects', dtl: ['create-child', '{value}'] }],
    takes: [one('values', 'any', { says: 'One entity or a list of them.' })],
    examples: [
      {
        dtl: ['create-child', '_S.lines'],
        source: { lines: [{ _id: 'l1', pieces: 2 }] },
        gives: { $children: [{ _id: 'l1', pieces: 2 }] },
      },
      {
        dtl: ['create-child', '_S.line'],
        target: { $children: [{ _id: 'l1' }] },
        source: { line: { _id: 'l2' } },
        gives: { $children: [{ _id: 'l1' }, { _id: 'l2' }] },
      },
    ],
    compile: (call): Step => {
      const values = call.eval('values')
      return (frame) => {
        const children = entitiesIn(values(frame), call)
        if (children.length > 0) addChildren(frame.T, children)
        return true
      }
    },
  }),
]
