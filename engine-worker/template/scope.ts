/** The variables of a template: blocks inside of blocks see what is set around them. */
import type { JinjaValue } from './values.ts'

/** Where output goes. */
export class OutputBuffer {
  private readonly parts: string[] = []
  write(text: string): void {
    this.parts.push(text)
  }
  text(): string {
    return this.parts.join('')
  }
}

/** One level of variables. */
export class VariableScope {
  private readonly variables = new Map<string, JinjaValue>()
  constructor(private readonly outer: VariableScope | null) {}
  get(name: string): JinjaValue | undefined {
    for (let scope: VariableScope | null = this; scope !== null; scope = scope.outer) {
      const value = scope.variables.get(name)
      if (value !== undefined) return value
    }
    return undefined
  }
  set(name: string, value: JinjaValue): void {
    this.variables.set(name, value)
  }
}

/** Where a piece of a template is evaluated: its variables, and those of the whole template. */
export interface TemplateFrame {
  readonly scope: VariableScope
  /** The outermost variables, which blocks see. */
  readonly root: VariableScope
  /** The values given to the template, taken over when they are first used. */
  readonly given: (name: string) => JinjaValue | undefined
  /** The functions that all templates know, and `self`; made when a template first asks for one. */
  readonly globals: (name: string) => JinjaValue | undefined
}
