/** What goes wrong inside a template, before the caller turns it into a problem with a place. */

/** What kind of mistake it is; the names are those that Python's Jinja gives its exceptions. */
export type TemplateErrorKind =
  | 'TemplateSyntaxError'
  | 'TemplateRuntimeError'
  | 'TemplateNotFound'
  | 'UndefinedError'
  | 'SecurityError'
  | 'TypeError'
  | 'ValueError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'IndexError'
  | 'KeyError'
  | 'LimitError'

/** A name that a template uses and that does not exist. */
interface MissingName {
  readonly name: string
  readonly isVariable: boolean
}

/** A mistake in a template. `line` counts from 1 in the template's text, where it is known. */
export class TemplateError extends Error {
  constructor(
    readonly kind: TemplateErrorKind,
    message: string,
    readonly line?: number,
    /** The name that does not exist, and whether it is a variable or an attribute of something. */
    readonly missing?: MissingName,
  ) {
    super(message)
    this.name = 'TemplateError'
  }
}

export function typeError(message: string): TemplateError {
  return new TemplateError('TypeError', message)
}

export function valueError(message: string): TemplateError {
  return new TemplateError('ValueError', message)
}
