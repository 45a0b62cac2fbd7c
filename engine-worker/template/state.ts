/** What goes along while one template is rendered: the budget, and what filters may ask of their environment. */
import type { DateTime } from '../entity/value.ts'
import { TemplateError } from './error.ts'
import { type CallArguments, type JinjaValue, Undefined, type UndefinedMode } from './values.ts'

/** What a template may do at most. A template that needs more does not end, or would take all memory. */
const MAX_STEPS = 3_000_000
const MAX_CHARACTERS = 64_000_000
const MAX_TEXT = 16_000_000
const MAX_DEPTH = 200

/** Settings of one rendering. */
export interface RenderOptions {
  readonly undefinedMode?: UndefinedMode
  /** The clock, for `now()`. */
  readonly now?: () => DateTime
  /** A number from 0 up to 1, for `random` and `lipsum`. */
  readonly random?: () => number
  /** The value of a secret for filters that calculate with it; null where it is not known or not to be used. */
  readonly reveal?: (name: string) => string | null
  /** The text of an address, for `decode_jwt(jwks_url=…)`; null where it is not known. */
  readonly document?: (url: string) => string | null
}

/** `value.name` looks for an attribute first and then for an item, `value['name']` the other way round. */
export type AccessOrder = 'attribute' | 'item'

/** Filters and tests by their names, and access to attributes and items. */
export interface Registry {
  filter(state: RenderState, name: string, value: JinjaValue, args: CallArguments): JinjaValue
  test(state: RenderState, name: string, value: JinjaValue, args: CallArguments): boolean
  read(state: RenderState, value: JinjaValue, key: JinjaValue, order: AccessOrder): JinjaValue
  hasFilter(name: string): boolean
  hasTest(name: string): boolean
}

/** The state of one rendering. */
export class RenderState {
  autoescape = false
  private steps = MAX_STEPS
  private characters = MAX_CHARACTERS
  private depth = 0

  constructor(
    readonly registry: Registry,
    readonly options: RenderOptions,
  ) {}

  /** Counts work; fails when the template has used all it may. */
  spend(steps: number): void {
    this.steps -= steps
    if (this.steps < 0) throw new TemplateError('LimitError', `it takes more than ${MAX_STEPS} steps`)
  }

  /** Counts characters that are made; fails when one text or all of them are too long. */
  spendText(length: number): void {
    this.characters -= length
    if (length > MAX_TEXT) throw new TemplateError('LimitError', `it makes a text of more than ${MAX_TEXT} characters`)
    if (this.characters < 0)
      throw new TemplateError('LimitError', `it makes more than ${MAX_CHARACTERS} characters in all`)
  }

  /** Does work one level deeper; fails where calls and blocks stand too deep inside each other. */
  nested<T>(work: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new TemplateError('LimitError', `calls are nested deeper than ${MAX_DEPTH}`)
    try {
      return work()
    } finally {
      this.depth--
    }
  }

  /** What a variable that does not exist evaluates to. */
  undefinedVariable(name: string): Undefined {
    const mode = this.options.undefinedMode ?? 'strict'
    return new Undefined(`'${name}' is undefined`, mode, name, 'UndefinedError', true)
  }

  /** What an attribute or item that does not exist evaluates to. */
  undefined(name: string, message: string): Undefined {
    return new Undefined(message, this.options.undefinedMode ?? 'strict', name)
  }
}
