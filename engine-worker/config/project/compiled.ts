/** The compiled rules of a DTL transform, shared by the check, the run and the facts. */
import { type CompiledRules, compileRules } from '../../dtl/compile/compile.ts'
import type { CoverageRecorder } from '../../dtl/compile/coverage.ts'
import type { Namespaces } from '../../dtl/evaluation.ts'
import type { Problem } from '../../problem.ts'
import type { Part } from './effective.ts'

/** What the compiler made of a transform. */
interface CompiledPart {
  readonly dtl: CompiledRules
  readonly problems: readonly Problem[]
}

const compiledParts = new WeakMap<Part, { readonly namespaces: Namespaces; readonly made: CompiledPart }>()

/**
 * Compiles the rules of a part once, and again where coverage is recorded. A part is never changed; a changed pipe has
 * other parts.
 */
export function compiledPart(part: Part, namespaces: Namespaces, coverage?: CoverageRecorder): CompiledPart {
  if (coverage) return compileRules(part.config, { namespaces, at: part.path, coverage })
  const known = compiledParts.get(part)
  if (known?.namespaces === namespaces) return known.made
  const compiledRules = compileRules(part.config, { namespaces, at: part.path })
  compiledParts.set(part, { namespaces, made: compiledRules })
  return compiledRules
}
