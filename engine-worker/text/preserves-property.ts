/**
 * Whether a transform surely leaves a property of the entity as it is. Used to decide whether a join key further down
 * the chain is still the source dataset's own (split-points.ts). In doubt the answer is no: a split too many gives the
 * same data.
 *
 * Surely preserved is: everything by transforms that only validate; `_id` unless a rule writes it; and what a DTL rule
 * copies with a plain pattern at its top level while no step of it, at any depth, may write a property of that name (in
 * any namespace) or does something whose property names are computed. Rules that create other entities preserve nothing.
 */

import { kindOfPart, rulesProperty } from '../config/model/nested.ts'
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { namesIn } from '../dtl/tree/names.ts'
import type { CallNode, ExpressionNode, TreeNode } from '../dtl/tree/node.ts'
import { parseRules } from '../dtl/tree/parse.ts'
import { argumentOf } from '../dtl/tree/visit.ts'
import { wildcard } from '../dtl/wildcard.ts'
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'

/** Whether the transform surely leaves the property as it is. */
export function preservesProperty(transform: JsonObject, property: string, functions: FunctionTable): boolean {
  if (kindOfPart('transform', transform)?.preservesEntities === true) return true
  const held = rulesProperty(transform)
  const rules = held === null ? undefined : get(transform, held)
  if (!isObject(rules)) return false
  if (!Array.isArray(get(rules, 'default')) || property.startsWith('$')) return false
  const steps = parseRules(rules, [], functions).get('default')?.steps.steps ?? []
  const copied = property === '_id' || steps.some((step) => step.is === 'call' && copiesProperty(step, property))
  return copied && steps.every((step) => keepsProperty(step, property))
}

function copiesProperty(step: CallNode, property: string): boolean {
  const effect = step.declared?.writes
  if (effect?.is !== 'copies') return false
  const include = argumentOf(step, effect.include)
  const patterns = include === undefined ? null : textsOf(include)
  const matches = patterns?.some((pattern) => wildcard(pattern)(property)) ?? false
  return matches && !mayMatch(argumentOf(step, effect.exclude), property)
}

/** Null where names or patterns are computed. */
function textsOf(node: TreeNode): readonly string[] | null {
  return namesIn(node)?.map(({ text }) => text) ?? null
}

/** In doubt it may; names are compared without namespaces. */
function mayMatch(node: TreeNode | undefined, property: string): boolean {
  if (node === undefined) return false
  const patterns = textsOf(node)
  return patterns === null || patterns.some((pattern) => wildcard(localName(pattern))(localName(property)))
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

function keepsProperty(step: ExpressionNode, property: string): boolean {
  if (step.is === 'list') return step.items.every((item) => item.is !== 'dict' && keepsProperty(item, property))
  // What is not known, and what chooses between many cases, is not looked into.
  if (step.is !== 'call' || step.declared === null || step.declared.casesFrom !== undefined) return false
  for (const { node } of step.given)
    if (node.is === 'steps' && !node.steps.every((inner) => keepsProperty(inner, property))) return false
  const effect = step.declared.writes
  switch (effect?.is) {
    case undefined:
    case 'stops':
      return true
    case 'copies':
      return (
        copiesProperty(step, property) || !mayMatch(argumentOf(step, effect.include), property) || property === '_id'
      )
    case 'sets':
      return !mayMatch(argumentOf(step, effect.property), property)
    case 'brings':
      return !mayBecome(step, effect, property)
    case 'removes': {
      const pattern = argumentOf(step, effect.pattern)
      // A wildcard never removes the _id (dtl/pattern.ts).
      if (property === '_id') return pattern !== undefined && textsOf(pattern)?.every((each) => each !== '_id') === true
      return !mayMatch(pattern, property)
    }
    case 'creates':
      return effect.children
    case 'merges':
      return false
  }
}

/** Whether a step may bring something to the target under the name of the property. */
function mayBecome(
  step: CallNode,
  { from, property: to, suffix }: { readonly from: string; readonly property: string; readonly suffix: string | null },
  property: string,
): boolean {
  const named = argumentOf(step, to)
  if (named !== undefined) return mayMatch(named, property)
  const source = argumentOf(step, from)
  const names = source === undefined || suffix === null ? null : textsOf(source)
  return names === null || names.some((name) => localName(`${name}${suffix}`) === localName(property))
}
