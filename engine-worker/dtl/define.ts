/**
 * How a DTL function is declared: name, words, arguments, result, examples and meaning in one place. Arity and type
 * checks, completion, hover help, forms, the reference pages and the example tests are derived from the declaration;
 * the compiler (compile/) turns it into closures.
 *
 * Three ways to give the meaning, simplest first:
 * - `run` over evaluated arguments. An argument declared with {@link each} is mapped by the compiler: a scalar gives a
 *   scalar, a list gives a list; values of another type, and null, are dropped from a list and give null as a scalar;
 *   `run` sees one value of the declared type and returns `undefined` for a
 *   value it cannot handle.
 * - `run` with function-expression arguments ({@link fn}), which arrive as `(item) => Value`, `_` bound to the item.
 * - `compile`, for functions that decide themselves what is evaluated, and when (if, case, apply, hops, …).
 */
import type { Dict, Json, Value } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { Problem } from '../problem.ts'
import type { Argument, ArgumentType } from './argument.ts'
import type { Context, Eval, Frame, JoinIndex, Namespaces, Step } from './evaluation.ts'
import type { FunctionSignature } from './signature.ts'
import type { ArgumentNode, CallNode, ExpressionNode } from './tree/node.ts'

type ArgumentValues<A extends readonly Argument[]> = {
  -readonly [I in keyof A]: A[I] extends Argument<infer T> ? T : never
}

type CommonSignature = Omit<FunctionSignature, 'kind' | 'takes' | 'gives'>

/** An expression function whose meaning is over evaluated arguments. The context always comes last. */
interface RunExpression<A extends readonly Argument[]> extends CommonSignature {
  readonly takes: A
  readonly gives: ArgumentType | 'same'
  readonly run: (...args: [...ArgumentValues<A>, Context]) => Value | undefined
}

/** A function that compiles itself. `call` gives access to its arguments and to the compiler. */
interface CompileExpression<A extends readonly Argument[]> extends CommonSignature {
  readonly takes: A
  readonly gives: ArgumentType | 'same'
  readonly compile: (call: Call) => Eval
}

interface CompileTransform<A extends readonly Argument[]> extends CommonSignature {
  readonly takes: A
  readonly compile: (call: Call) => Step
}

/** A declared function, as the compiler and everything derived sees it. Its name is known to the types, too. */
export interface FunctionDeclaration<Name extends string = string> extends FunctionSignature {
  readonly name: Name
  readonly run?: (...args: never[]) => Value | undefined
  readonly compile?: (call: Call) => Eval | Step
}

/** Declares an expression function. */
export function expression<const Name extends string, const A extends readonly Argument[]>(
  declaration: (RunExpression<A> | CompileExpression<A>) & { readonly name: Name },
): FunctionDeclaration<Name> {
  return { kind: 'expression', ...declaration } as FunctionDeclaration<Name>
}

/** Declares a transform function: it has effects on the target entity and no value. */
export function transform<const Name extends string, const A extends readonly Argument[]>(
  declaration: CompileTransform<A> & { readonly name: Name },
): FunctionDeclaration<Name> {
  return { kind: 'transform', gives: 'nothing', ...declaration } as FunctionDeclaration<Name>
}

/** One call under compilation. */
export interface Call {
  readonly declaration: FunctionDeclaration
  /** The call in the syntax tree. */
  readonly node: CallNode
  /** The arguments as written, by their declared names; `undefined` where an optional one is absent. */
  readonly args: Readonly<Record<string, Json | undefined>>
  /** All arguments as written, in order. */
  readonly given: CallNode['given']
  /** The node of an argument by its name, or by its place in `given`. */
  argument(argument: string | number): ArgumentNode | undefined
  /** Compiles an argument by its name (or by its place in `given`) as an expression. */
  eval(argument: string | number): Eval
  /** The type of an argument's values where it is known from its function, otherwise `any`. */
  gives(argument: string | number): ArgumentType | 'same'
  /** As `eval`, or null when the argument is absent. */
  optional(argument: string): Eval | null
  /** Compiles an expression below this call. */
  expression(node: ExpressionNode): Eval
  /** Compiles one transform or a list of them. */
  steps(argument: string | number): Step
  /** The value when the argument is constant, otherwise undefined. */
  constant(argument: string | number): Value | undefined
  /** The rule by this name, compiled on demand (rules may be recursive); reports a problem when there is none. */
  rule(name: string): RuleRef
  /** Namespaces of the pipe. */
  readonly namespaces: Namespaces
  /** Reports a problem at this call (or below it) and goes on compiling. */
  report(problem: Problem, at?: JsonPath): void
  /** Says which index the call looks into a dataset with. */
  usesIndex(dataset: string, index: JoinIndex): void
  /** Runs once every rule is compiled, for checks between rules. */
  later(check: () => void): void
  /** Whether a target (and created entities) must have a string `_id`. */
  readonly idRequired: boolean
}

/** A reference to a rule; `run` is usable once compilation is complete. */
export interface RuleRef {
  readonly name: string
  /** Whether the rule has hops. */
  usesHops(): boolean
  /** Applies the rule to a value below the frame; null when the value was filtered. */
  apply(frame: Frame, source: Value): Dict | null
}
