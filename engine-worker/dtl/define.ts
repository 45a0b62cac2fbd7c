/**
 * How a DTL function is declared: name, words, arguments, result, examples and meaning in one place. Arity and type
 * checks, completion, hover help, forms, the reference pages and the example tests are derived from the declaration;
 * the compiler (compile.ts) turns it into closures.
 *
 * Three ways to give the meaning, simplest first:
 * - `run` over evaluated arguments. An argument declared with {@link each} is mapped by the compiler: a scalar gives a
 *   scalar, a list gives a list; values of another type, and null, are dropped from a list and give null as a scalar;
 *   `run` sees one value of the declared type and returns `undefined` for a
 *   value it cannot handle.
 * - `run` with function-expression arguments ({@link fn}), which arrive as `(item) => Value`, `_` bound to the item.
 * - `compile`, for functions that decide themselves what is evaluated, and when (if, case, apply, hops, …).
 */
import type { Bytes, DateTime, Day, Decimal, Dict, Entity, Float, Json, NI, URI, UUID, Value } from '../entity/value.ts'
import type { RunBudget } from './budget.ts'

/** The types an argument can ask for, with the words for them. */
export interface ArgumentTypes {
  any: Value
  boolean: boolean
  string: string
  /** integer, float or decimal */
  number: number | bigint | Float | Decimal
  integer: number | bigint
  float: number | Float
  decimal: Decimal
  ni: NI
  uri: URI
  uuid: UUID
  bytes: Bytes
  datetime: DateTime | Day
  dict: Dict
  list: Value[]
}
export type ArgumentType = keyof ArgumentTypes

/** What a form may show beside an argument. */
export interface Hint {
  /** One plain sentence. */
  says?: string
  placeholder?: string
  /** What the value names, so that the right picker is offered. */
  names?:
    | 'property'
    | 'pattern'
    | 'rule'
    | 'dataset'
    | 'timezone'
    | 'datetime-format'
    | 'secret'
    | 'namespace'
    | 'function'
  choices?: readonly string[]
}

export type Quantifier = 'one' | 'optional' | 'many' | 'any-number'

/** One declared argument. */
export interface Argument<T = unknown> extends Hint {
  /** As in the documentation, lower case: `values`, `start-index`. */
  readonly name: string
  /** several types when the function accepts each of them */
  readonly type: ArgumentType | readonly ArgumentType[]
  readonly quantifier: Quantifier
  /**
   * `value`: evaluated as it is; `each`: mapped over lists; `first`: the first element of a list; `fn`: a
   * function-expression; `json`: not evaluated at all; `transforms`: one transform or a list of them.
   */
  readonly mode: 'value' | 'each' | 'first' | 'fn' | 'json' | 'transforms'
  /** `$SECRET(name)` written in the rule itself stands for the secret; in data it is a text like any other. */
  readonly secrets?: boolean
  /** Only carries the TypeScript type of what `run` receives. */
  readonly _type?: T
}

/** A function-expression argument: evaluates it with `_` bound to the item. */
export type Fn = (item: Value) => Value

type Of<K extends ArgumentType | readonly ArgumentType[]> = K extends readonly (infer U extends ArgumentType)[]
  ? ArgumentTypes[U]
  : K extends ArgumentType
    ? ArgumentTypes[K]
    : never

type TypeSpec = ArgumentType | readonly ArgumentType[]

/** One required argument, evaluated as it is; a value of another type makes the result null unless the type is `any`. */
export function one<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<Of<K>> {
  return { name, type, quantifier: 'one', mode: 'value', ...hint }
}
/** An optional argument; `run` receives `undefined` when it is absent. */
export function optional<const K extends TypeSpec>(
  name: string,
  type: K,
  hint: Hint = {},
): Argument<Of<K> | undefined> {
  return { name, type, quantifier: 'optional', mode: 'value', ...hint }
}
/** The first element, where the value is a list; the value itself otherwise. */
export function first<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<Of<K>> {
  return { name, type, quantifier: 'one', mode: 'first', ...hint }
}
/** An argument that is mapped over lists; `run` sees one value of the type. At most one of a function's arguments. */
export function each<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<Of<K>> {
  return { name, type, quantifier: 'one', mode: 'each', ...hint }
}
/** One or more arguments; `run` receives them as one array. */
export function many<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<Of<K>[]> {
  return { name, type, quantifier: 'many', mode: 'value', ...hint }
}
/** Zero or more arguments; `run` receives them as one array. */
export function anyNumber<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<Of<K>[]> {
  return { name, type, quantifier: 'any-number', mode: 'value', ...hint }
}
/** A required function-expression. */
export function fn(name: string, hint: Hint = {}): Argument<Fn> {
  return { name, type: 'any', quantifier: 'one', mode: 'fn', ...hint }
}
/** An optional function-expression. */
export function optionalFn(name: string, hint: Hint = {}): Argument<Fn | undefined> {
  return { name, type: 'any', quantifier: 'optional', mode: 'fn', ...hint }
}
/** An argument that is configuration, not an expression (a rule name, a hops specification). */
export function json(name: string, hint: Hint & { quantifier?: Quantifier } = {}): Argument<Json> {
  return { name, type: 'any', quantifier: 'one', mode: 'json', ...hint }
}
/** One transform or a list of them. */
export function transforms(name: string, hint: Hint & { quantifier?: Quantifier } = {}): Argument<never> {
  return { name, type: 'any', quantifier: 'one', mode: 'transforms', ...hint }
}

type Received<A extends readonly Argument[]> = { -readonly [I in keyof A]: A[I] extends Argument<infer T> ? T : never }

/** The groups of the documentation's reference. */
export type Group =
  | 'transforms'
  | 'booleans'
  | 'boolean logic'
  | 'bytes'
  | 'comparisons'
  | 'conditionals'
  | 'date and time'
  | 'dictionaries'
  | 'encryption'
  | 'hops'
  | 'json'
  | 'lists'
  | 'math'
  | 'misc'
  | 'namespaced identifiers'
  | 'nulls'
  | 'numbers'
  | 'phone numbers'
  | 'sets'
  | 'strings'
  | 'URIs'
  | 'UUIDs'

/** A worked example: shown in the reference, run there live, and run as a test. Values in transit form. */
export interface Example {
  readonly dtl: Json
  readonly source?: Json
  readonly target?: Json
  /** Rules besides the example, for functions that apply them. */
  readonly rules?: { readonly [name: string]: Json }
  readonly datasets?: { readonly [name: string]: readonly Json[] }
  readonly namespaces?: Json
  readonly previous?: Json
  readonly secrets?: { readonly [name: string]: string }
  /** The result: of an expression its value, of a transform the target entity. */
  readonly gives?: Json
  /** Where the result is not fixed (random, clock): the `is-…` function that holds for it. */
  readonly satisfies?: string
  /** `numeric` ignores the difference of integer, float and decimal. */
  readonly compare?: 'numeric' | 'approx' | 'unordered'
  /** What the example shows, where it is not plain. */
  readonly says?: string
}

interface Common {
  readonly name: string
  readonly group: Group
  /** One plain sentence. */
  readonly says: string
  /** Details that the sentence leaves out: edge cases, warnings. */
  readonly more?: string
  /** How a step card says it, arguments in braces: `add {property} ← {values}`. */
  readonly sentence?: string
  readonly examples: readonly Example[]
  /** Gives the same result for the same arguments; `false` for now, uuid, encrypt. Default true. */
  readonly deterministic?: boolean
  /** Reads or writes property names in namespaces. */
  readonly namespaceAware?: boolean
  /** Documented as deprecated; the words say what to use. */
  readonly deprecated?: string
  /** Page of the Sesam documentation, below `hub/`. */
  readonly doc: string
}

/** An expression function whose meaning is over evaluated arguments. The context always comes last. */
interface RunExpression<A extends readonly Argument[]> extends Common {
  readonly takes: A
  readonly gives: ArgumentType | 'same'
  readonly run: (...args: [...Received<A>, Context]) => Value | undefined
}

/** A function that compiles itself. `call` gives access to its arguments and to the compiler. */
interface CompileExpression<A extends readonly Argument[]> extends Common {
  readonly takes: A
  readonly gives: ArgumentType | 'same'
  readonly compile: (call: Call) => Eval
}

interface CompileTransform<A extends readonly Argument[]> extends Common {
  readonly takes: A
  readonly compile: (call: Call) => Step
}

/** A declared function, as the compiler and everything derived sees it. */
export interface FunctionDeclaration extends Common {
  readonly kind: 'expression' | 'transform'
  readonly takes: readonly Argument[]
  readonly gives: ArgumentType | 'same' | 'nothing'
  readonly run?: (...args: never[]) => Value | undefined
  readonly compile?: (call: Call) => Eval | Step
}

/** Declares an expression function. */
export function expression<const A extends readonly Argument[]>(
  declaration: RunExpression<A> | CompileExpression<A>,
): FunctionDeclaration {
  return { kind: 'expression', ...declaration } as FunctionDeclaration
}

/** Declares a transform function: it has effects on the target entity and no value. */
export function transform<const A extends readonly Argument[]>(declaration: CompileTransform<A>): FunctionDeclaration {
  return { kind: 'transform', gives: 'nothing', ...declaration } as FunctionDeclaration
}

/** A compiled expression. */
export type Eval = (frame: Frame) => Value
/** A compiled transform; `false` stops the processing of the entity at hand (filter, discard). */
export type Step = (frame: Frame) => boolean

/**
 * The variables during evaluation. One frame per applied rule; `it` and `aliases` are set and restored around
 * function-expressions and joins.
 */
export interface Frame {
  /** `_S`: an entity, or any value inside an applied rule. */
  S: Value
  /** `_T` */
  T: Dict
  /** `_P` */
  P: Frame | null
  /** `_R` */
  R: Frame
  /** `_` */
  it: Value
  /** Entities bound to hops aliases, by the slot the compiler gave them. */
  aliases: Value[]
  /** How many rules are being applied inside each other. */
  depth: number
  /** The shape of `_S`, once something needed it (shape.ts). */
  shape: import('./shape.ts').Shape | null
  /** What the rule does beside the target. */
  out: Outcome
  ctx: Context
}

/** What the processing of one source entity has done besides building its target. */
export interface Outcome {
  /** The target when all is done. */
  target: Entity | null
  /** Entities of `create`, in order; replaced, not added to. */
  created: readonly Entity[]
  /** Set by filter and discard. */
  stopped: 'filtered' | 'discarded' | null
}

/** What evaluation needs from outside. One per pipe run; `entity` fields change as entities pass. */
export interface Context {
  /** Nanosecond time of this evaluation (the same during one entity). */
  now(): DateTime
  /** Uniform in [0, 1). */
  random(): number
  /** Fills the array with random bytes fit for cryptography. */
  randomBytes(length: number): Uint8Array
  readonly pipe: string
  readonly namespaces: Namespaces
  /** The value of a secret, or null. */
  secret(name: string): string | null
  /** `_B`: parameters of the endpoint's URL. */
  readonly parameters: Dict
  /** The previous version of the root source entity: null when there is none, undefined where the source keeps none. */
  readonly previous: Entity | null | undefined
  /** What the target of the default rule begins with, in worked examples. */
  readonly target?: Dict | undefined
  /** The completeness that dataset `via` holds for `dataset`, or null. */
  completeness(via: string, dataset: string): DateTime | null
  readonly datasets: Datasets
  /**
   * The result of asynchronous work inside a synchronous evaluation. The first call with a key starts the work and
   * suspends the entity (by throwing {@link Suspended}); when the entity is evaluated again the result is returned. Keys
   * must say everything the work depends on; they live as long as the entity's evaluation.
   */
  wait<T>(key: string, work: () => Promise<T>): T
  /** Passes time; used through {@link wait}. */
  pause(seconds: number): Promise<void>
  /** Counts work done in loops; throws a Fault when the entity's budget is used up. Units: about one value handled. */
  spend(units: number): void
  /** Units spent by the entity at hand, and how many it may spend. */
  readonly spent: number
  readonly allowance: number
  /** What all entities of the run may use together. */
  readonly budget: RunBudget
}

/** The namespace settings of a pipe (features/namespaces.rst). */
export interface Namespaces {
  /** `namespaced_identifiers` */
  readonly enabled: boolean
  readonly identity: string
  readonly property: string
  /** Prefix to URI expansion, longest match first when collapsing: `node-metadata` and built-in ones. */
  readonly expansions: ReadonlyMap<string, string>
  /** The section `rdf` of the node's metadata: prefixes and rules of the deprecated `uri-expand`. */
  readonly rdf?: Json
}

/** Read access to other datasets. May suspend; the entity is then evaluated again when the data is at hand. */
export interface Datasets {
  /** The latest version, deleted or not; null when there is none. Not dependency tracked. */
  lookup(dataset: string, id: string): Entity | null
  /** The latest, not deleted entities one of whose keys equals one of `keys`, ordered by `_id`. Dependency tracked when `tracked`. */
  join(dataset: string, index: JoinIndex, keys: readonly string[], tracked: boolean): readonly Entity[]
  /** All latest, not deleted entities, ordered by `_id`; for joins no index can serve. */
  all(dataset: string, tracked: boolean): readonly Entity[]
}

/** How a dataset is indexed for joins: from an entity to its keys, as texts of `joinKey` (entity/order.ts). */
export interface JoinIndex {
  /** The same expression has the same id, so that pipes share indexes. */
  readonly id: string
  keysOf(entity: Entity): readonly string[]
}

/** Thrown through an evaluation that has to wait; whoever runs the batch awaits `until` and evaluates the entity again. */
export class Suspended {
  constructor(readonly until: Promise<unknown>) {}
}

/** One call under compilation. */
export interface Call {
  readonly declaration: FunctionDeclaration
  /** The arguments as written, bound to the declared names; `undefined` where an optional one is absent. */
  readonly args: Readonly<Record<string, Json | undefined>>
  /** All arguments as written, in order. */
  readonly list: readonly Json[]
  /** Where the call stands. */
  readonly path: readonly (string | number)[]
  /** Compiles an argument by its name (or by its place in `list`) as an expression. */
  eval(argument: string | number): Eval
  /** The type of an argument's values where it is known from its function, otherwise `any`. */
  gives(argument: string | number): ArgumentType | 'same'
  /** As `eval`, or null when the argument is absent. */
  optional(argument: string): Eval | null
  /** Compiles any JSON below this call as an expression; `at` is its place below the call. */
  expression(dtl: Json, at: readonly (string | number)[]): Eval
  /** Compiles one transform or a list of them. */
  steps(argument: string | number): Step
  /** The value when the argument is constant, otherwise undefined. */
  constant(argument: string | number): Value | undefined
  /** The rule by this name, compiled on demand (rules may be recursive); reports a problem when there is none. */
  rule(name: string): RuleRef
  /** Namespaces of the pipe. */
  readonly namespaces: Namespaces
  /** Reports a problem at this call (or below it) and goes on compiling. */
  report(problem: import('../problem.ts').Problem, at?: readonly (string | number)[]): void
  /** Compiler of the surrounding rules: scopes with hops aliases are made by `dtl/functions/hops.ts` through this. */
  readonly scope: Scope
  /** Compiles with other aliases in scope. */
  within(scope: Scope): Call
  /** A fresh slot of `Frame.aliases` in the rule at hand. */
  slot(): number
  /** Notes something that is known without running the rule (dtl/facts.ts). */
  note(fact: Fact): void
  /** Whether there is an expression function of this name. */
  isFunction(name: string): boolean
  /** Runs once every rule is compiled, for checks between rules. */
  later(check: () => void): void
  /** Whether a target (and created entities) must have a string `_id`. */
  readonly idRequired: boolean
}

/** What is known of a rule from its text alone. */
export type Fact =
  /** `from` is the variable or dataset, `path` the segments as written. */
  | { readonly is: 'reads'; readonly from: string; readonly path: readonly string[] }
  /** `property` as it will be on the target, or null where it is computed; `type` where known. */
  | {
      readonly is: 'writes' | 'removes'
      readonly property: string | null
      readonly how: string
      readonly type: ArgumentType | 'same'
    }
  /** Wildcard patterns that a copy takes from the source. */
  | { readonly is: 'copies'; readonly include: readonly string[]; readonly exclude: readonly string[] }
  | {
      readonly is: 'joins'
      readonly dataset: string
      readonly alias: string
      readonly tracked: boolean
      readonly on: readonly Json[]
      /** How the dataset is looked into; null when all of it is read. */
      readonly index: JoinIndex | null
    }
  | { readonly is: 'looks-up'; readonly dataset: string }
  | { readonly is: 'applies' | 'applies-hops'; readonly rule: string }
  | { readonly is: 'creates' | 'stops'; readonly how: string }

/** Names that may start a path here. */
export interface Scope {
  /** The rule whose transforms are compiled. */
  readonly rule: string
  /** Alias to slot in `Frame.aliases`. */
  readonly aliases: ReadonlyMap<string, number>
  /** Dataset of each alias, for the static facts. */
  readonly datasets: ReadonlyMap<string, string>
  /** The dataset whose entity `_S` is here, where it is not the source: in subsets and in the later of several hops. */
  readonly source?: string
}

/** A reference to a rule; `run` is usable once compilation is complete. */
export interface RuleRef {
  readonly name: string
  /** Whether the rule has hops; known once compilation is complete. */
  usesHops(): boolean
  /** Applies the rule to a value below the frame; null when the value was filtered. */
  apply(frame: Frame, source: Value): Dict | null
}
