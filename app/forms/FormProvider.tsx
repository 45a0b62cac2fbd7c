import type { ReactNode } from 'react'
import { Form } from './Form.tsx'
import { NestedFormsContext } from './nested-forms.ts'
import { StageForm } from './StageForm.tsx'
import { StepForm } from './StepForm.tsx'

const forms = { Form, StageForm, StepForm }

/** Wraps every form: gives its fields the forms that they can hold inside themselves. */
export function FormProvider({ children }: { readonly children: ReactNode }) {
  return <NestedFormsContext value={forms}>{children}</NestedFormsContext>
}
