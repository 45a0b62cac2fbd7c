/**
 * The forms that a field can hold inside itself: an object holds a form, a configuration holds the form of its kind, an
 * argument holds the form of a call. They reach the fields through a context, because each of them is made of fields.
 */

import { type ComponentType, createContext, useContext } from 'react'
import type { CataloguedFunction, Field, Json, JsonObject, JsonPath, KindRole } from '../../engine-worker/index.ts'

export interface FormProps {
  readonly fields: readonly Field[]
  readonly value: JsonObject
  readonly path: JsonPath
}

export interface StageFormProps {
  /** The part of a pipe, or of the project, that is configured. */
  readonly part: KindRole
  readonly type: string
  readonly config: JsonObject
  readonly path: JsonPath
}

export interface StepFormProps {
  readonly call: readonly Json[]
  readonly path: JsonPath
  readonly declared: CataloguedFunction
  /** An argument that is edited elsewhere. */
  readonly except?: string
  /** Without the words that explain each argument: they are in its title. */
  readonly isBrief?: boolean
}

interface NestedForms {
  readonly Form: ComponentType<FormProps>
  readonly StageForm: ComponentType<StageFormProps>
  readonly StepForm: ComponentType<StepFormProps>
}

export const NestedFormsContext = createContext<NestedForms | null>(null)

/** The nested forms, for fields; fields stand inside a `FormProvider`. */
export function useNestedForms(): NestedForms {
  const forms = useContext(NestedFormsContext)
  if (!forms) throw new Error('a field stands outside FormProvider')
  return forms
}
