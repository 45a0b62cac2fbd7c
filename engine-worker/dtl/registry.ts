/** Every declared function, by name. A new group of functions is added here and nowhere else. */
import type { FunctionDeclaration } from './define.ts'
import { booleanLogicFunctions } from './functions/boolean-logic.ts'
import { booleanFunctions } from './functions/booleans.ts'
import { bytesFunctions } from './functions/bytes.ts'
import { comparisonFunctions } from './functions/comparisons.ts'
import { conditionalFunctions } from './functions/conditionals.ts'
import { dateAndTimeFunctions } from './functions/date-and-time.ts'
import { dictionaryFunctions } from './functions/dictionaries.ts'
import { passwordFunctions } from './functions/encryption.ts'
import { hopsFunctions } from './functions/hops.ts'
import { jsonFunctions } from './functions/json.ts'
import { listItemFunctions } from './functions/list-items.ts'
import { listOrderFunctions } from './functions/list-order.ts'
import { listFunctions } from './functions/lists.ts'
import { operatorFunctions } from './functions/math.ts'
import { miscFunctions } from './functions/misc.ts'
import { namespacedIdentifierFunctions } from './functions/namespaced-identifiers.ts'
import { nullFunctions } from './functions/nulls.ts'
import { numberFunctions } from './functions/numbers.ts'
import { phoneNumberFunctions } from './functions/phone-numbers.ts'
import { propertyFunctions } from './functions/properties.ts'
import { publicKeyFunctions } from './functions/public-key.ts'
import { referenceFunctions } from './functions/references.ts'
import { roundingFunctions } from './functions/rounding.ts'
import { setFunctions } from './functions/sets.ts'
import { stringFormFunctions } from './functions/string-forms.ts'
import { stringFunctions } from './functions/strings.ts'
import { transformFunctions } from './functions/transforms.ts'
import { uriFunctions } from './functions/uris.ts'
import { uuidFunctions } from './functions/uuids.ts'
import { functionTableFrom as tableOf } from './tree/functions.ts'

const declared = [
  ...transformFunctions,
  ...booleanLogicFunctions,
  ...booleanFunctions,
  ...bytesFunctions,
  ...comparisonFunctions,
  ...conditionalFunctions,
  ...dictionaryFunctions,
  ...propertyFunctions,
  ...hopsFunctions,
  ...jsonFunctions,
  ...listItemFunctions,
  ...listOrderFunctions,
  ...listFunctions,
  ...miscFunctions,
  ...namespacedIdentifierFunctions,
  ...nullFunctions,
  ...setFunctions,
  ...stringFormFunctions,
  ...stringFunctions,
  ...numberFunctions,
  ...operatorFunctions,
  ...roundingFunctions,
  ...dateAndTimeFunctions,
  ...passwordFunctions,
  ...publicKeyFunctions,
  ...phoneNumberFunctions,
  ...referenceFunctions,
  ...uriFunctions,
  ...uuidFunctions,
]

/** All declarations, group by group. */
export const functions: readonly FunctionDeclaration[] = declared

/** The name of a declared function. */
export type FunctionName = (typeof declared)[number]['name']

/** All functions by kind and name; `if`, `case`, `case-eq` and `filter` exist as both kinds. */
export const functionTable = tableOf(functions)

/** Expression functions. */
export const { expressions, transforms } = functionTable

if (expressions.size + transforms.size !== functions.length) throw new Error('a function is declared twice')
