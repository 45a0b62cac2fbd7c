/** What is declared, as plain data without behaviour: for forms, completion and the reference. */
import type { FunctionDeclaration } from '../../dtl/define.ts'
import type { KindDeclaration } from './define.ts'

/** Declarations as data (no functions); see dtl/define.ts and pipe/define.ts. */
export interface Catalogue {
  readonly functions: readonly CataloguedFunction[]
  readonly kinds: readonly KindDeclaration[]
}

/** A declared function without its meaning, which cannot be cloned. */
export type CataloguedFunction = Omit<FunctionDeclaration, 'run' | 'compile'>
