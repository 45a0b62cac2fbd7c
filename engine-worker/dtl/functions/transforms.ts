/** All transforms, in the order of the palette. */
import { controlFunctions } from './control.ts'
import { copyingFunctions } from './copying.ts'
import { emittingFunctions } from './emitting.ts'
import { mergingFunctions } from './merging.ts'
import { renamingFunctions } from './renaming.ts'
import { writingFunctions } from './writing.ts'

export const transformFunctions = [
  ...writingFunctions,
  ...copyingFunctions,
  ...renamingFunctions,
  ...mergingFunctions,
  ...emittingFunctions,
  ...controlFunctions,
]
