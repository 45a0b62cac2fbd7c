/** `subset` of a dataset source: an `eq` of an index expression and a literal value (configuration-sources-dataset.rst). */
import type { EffectivePipe } from '../config/project/effective.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { comparisonFunctions } from '../dtl/functions/comparisons.ts'
import { functions } from '../dtl/registry.ts'
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

/** What is wrong with the subset of a source, or null; any other expression would be read as if it were an `eq`. */
export function subsetProblem({ source, namespaces }: EffectivePipe): Problem | null {
  const subset = get(source.config, 'subset') ?? null
  const path = [...source.path, 'subset']
  if (subset === null) return null
  const [head, left = null, right = null, ...more] = Array.isArray(subset) ? subset : []
  const sides = [left, right].filter(isExpression)
  const [expression] = sides
  if (head !== comparisonFunctions[0]?.name || more.length > 0 || expression === undefined || sides.length > 1)
    return notAnEq({ found: printJson(subset).slice(0, 80) }, { path })
  const at = [...path, expression === left ? 1 : 2]
  const { problems } = compileAlone(expression, { namespaces, at, aliases: ['_S'] })
  return problems.find(({ severity }) => severity === 'error') ?? null
}

/** A path or a call; a list that is no call is a value. */
function isExpression(json: Json): boolean {
  if (Array.isArray(json)) return functions.some(({ name }) => name === json[0])
  return typeof json === 'string' && json.startsWith('_S.')
}
