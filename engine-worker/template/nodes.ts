/** The parsed form of a template. */
import type { BinaryOperator } from './arithmetic.ts'
import type { JinjaValue } from './values.ts'

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

/** Arguments as written: by position, by name, and the two that are spread out. */
export interface CallArgumentsNode {
  readonly positional: readonly Expression[]
  readonly named: readonly { readonly name: string; readonly value: Expression }[]
  readonly spread: Expression | null
  readonly spreadNamed: Expression | null
}

export type Expression =
  | { readonly is: 'constant'; readonly value: JinjaValue }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'list' | 'tuple'; readonly items: readonly Expression[] }
  | { readonly is: 'dict'; readonly pairs: readonly (readonly [Expression, Expression])[] }
  | { readonly is: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly is: 'item'; readonly of: Expression; readonly key: Expression }
  | { readonly is: 'slice'; readonly of: Expression; readonly bounds: readonly (Expression | null)[] }
  | { readonly is: 'call'; readonly of: Expression; readonly args: CallArgumentsNode }
  | {
      readonly is: 'filter'
      readonly of: Expression
      readonly name: string
      readonly args: CallArgumentsNode
      readonly line: number
    }
  | {
      readonly is: 'test'
      readonly of: Expression
      readonly name: string
      readonly args: CallArgumentsNode
      readonly line: number
    }
  | { readonly is: 'unary'; readonly operator: '-' | '+' | 'not'; readonly of: Expression }
  | { readonly is: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly is: 'compare'
      readonly left: Expression
      readonly rest: readonly { readonly operator: CompareOperator; readonly value: Expression }[]
    }
  | { readonly is: 'join'; readonly parts: readonly Expression[] }
  | {
      readonly is: 'choice'
      readonly condition: Expression
      readonly value: Expression
      readonly otherwise: Expression | null
    }
  /** The value that a filter block or a `set` block filters. */
  | { readonly is: 'body' }

/** What is assigned to: a name, an attribute of a namespace, or several of them. */
export type AssignmentTarget =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'attribute'; readonly of: string; readonly name: string }
  | { readonly is: 'tuple'; readonly items: readonly AssignmentTarget[] }

export interface MacroParameter {
  readonly name: string
  readonly otherwise: Expression | null
}

export type Body = readonly Statement[]

export type Statement =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'output'; readonly value: Expression }
  | {
      readonly is: 'for'
      readonly target: AssignmentTarget
      readonly over: Expression
      readonly condition: Expression | null
      readonly recursive: boolean
      readonly body: Body
      readonly otherwise: Body
    }
  | {
      readonly is: 'if'
      readonly branches: readonly { readonly condition: Expression; readonly body: Body }[]
      readonly otherwise: Body
    }
  | { readonly is: 'set'; readonly target: AssignmentTarget; readonly value: Expression }
  | { readonly is: 'setBlock'; readonly target: AssignmentTarget; readonly body: Body; readonly filter: Expression }
  | {
      readonly is: 'with'
      readonly targets: readonly { readonly target: AssignmentTarget; readonly value: Expression }[]
      readonly body: Body
    }
  | { readonly is: 'macro'; readonly name: string; readonly parameters: readonly MacroParameter[]; readonly body: Body }
  | {
      readonly is: 'callBlock'
      readonly parameters: readonly MacroParameter[]
      readonly of: Expression
      readonly args: CallArgumentsNode
      readonly body: Body
    }
  | { readonly is: 'filterBlock'; readonly filter: Expression; readonly body: Body }
  | { readonly is: 'autoescape'; readonly value: Expression; readonly body: Body }
  | { readonly is: 'block'; readonly name: string; readonly scoped: boolean; readonly body: Body }
  | { readonly is: 'break' | 'continue' }
