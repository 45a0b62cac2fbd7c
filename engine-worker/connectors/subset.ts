/** `subset` of a dataset source: an `eq` of an index expression and a literal value (configuration-sources-dataset.rst). */
import type { EffectivePipe } from '../config/project/effective.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { functions } from '../dtl/registry.ts'
import { EQUALITY } from '../dtl/syntax.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import type { Json } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'

const notAnEq = problem<{ found: string }>({
  code: 'subset-not-an-eq',
  severity: 'error',
  says: ({ found }) => `subset is an eq of an expression and a literal value; this is ${found}.`,
  fix: () => 'Write it as ["eq", "_S.category", "tank"], with "~:namespace:name" for an identifier.',
})

/** The two sides of a subset, which may stand in either order. */
interface SubsetParts {
  readonly expression: Json
  readonly value: Json
  /** Where the expression stands in the subset. */
  readonly at: 1 | 2
}

/** The sides of a subset; null where it is no `eq` of exactly one expression and a value. */
export function subsetParts(subset: Json): SubsetParts | null {
  const [head, left = null, right = null, ...more] = Array.isArray(subset) ? subset : []
  if (head !== EQUALITY || more.length > 0 || isExpression(left) === isExpression(right)) return null
  return isExpression(left) ? { expression: left, value: right, at: 1 } : { expression: right, value: left, at: 2 }
}

/** What is wrong with the subset of a source, or null; any other expression would be read as if it were an `eq`. */
export function subsetProblem({ source, namespaces }: EffectivePipe): Problem | null {
  const subset = get(source.config, 'subset') ?? null
  if (subset === null) return null
  const path = [...source.path, 'subset']
  const parts = subsetParts(subset)
  if (parts === null) return notAnEq({ found: printJson(subset).slice(0, 80) }, { path })
  const { problems } = compileAlone(parts.expression, { namespaces, at: [...path, parts.at], aliases: ['_S'] })
  return problems.find(({ severity }) => severity === 'error') ?? null
}

/** A path or a call; a list that is no call is a value. */
function isExpression(json: Json): boolean {
  if (Array.isArray(json)) return functions.some(({ name }) => name === json[0])
  return typeof json === 'string' && json.startsWith('_S.')
}
