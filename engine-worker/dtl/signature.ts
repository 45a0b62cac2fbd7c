/**
 * What a declaration says of a function apart from its meaning. It is plain data, so the page has it too; the syntax tree
 * (tree/) and everything that reads rules without running them rests on it.
 */
import type { Json } from '../entity/value.ts'
import type { Argument, ArgumentType } from './argument.ts'

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

/** What a transform does to the target. Texts are the names of its arguments. */
export type TargetEffect =
  /** Writes a value under a name; `always` even where the property is there, or the value is null. */
  | { readonly is: 'sets'; readonly property: string; readonly value: string; readonly always: boolean }
  /** Brings a property of the source to the target under another name: the argument's, or the old one and a suffix. */
  | { readonly is: 'brings'; readonly from: string; readonly property: string; readonly suffix: string | null }
  | { readonly is: 'copies'; readonly include: string; readonly exclude: string }
  | { readonly is: 'removes'; readonly pattern: string }
  /** Writes all properties of dicts, except those that begin with an underscore. */
  | { readonly is: 'merges'; readonly values: string }
  /** Puts out further entities, or (`children`) keeps them for the next stage. */
  | { readonly is: 'creates'; readonly values: string; readonly children: boolean }
  /** May end the work on the entity. */
  | { readonly is: 'stops' }

/** How the values of a column of a data file may look; the words for each are in the catalogue of texts. */
export type ColumnShape =
  | 'decimal-comma'
  | 'decimal-point'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'time'
  | 'phone'
  | 'organisation-number'
  | 'e-mail'
  | 'outer-spaces'

/** A way to read the texts of a column. All patterns are regular expressions in which capitals do not matter. */
export interface ColumnReading {
  readonly shape: ColumnShape
  /** How the values are written, where a shape has several ways: `dd.mm.yyyy`. */
  readonly format?: string
  /** What a value looks like. */
  readonly pattern: string
  /** What one value at least looks like, where the pattern says too little. */
  readonly evidence?: string
  /** What no value may look like. */
  readonly unless?: string
  /** Names of columns that are evidence, too. */
  readonly named?: string
  /** A check of the digits besides. */
  readonly check?: 'mod11'
  /** The conversion; "_." stands for the value. */
  readonly dtl: Json
  /** Offered, but not taken unasked: the values are right as they are. */
  readonly offered?: true
  /** Among readings that read as many values the lowest wins. */
  readonly rank: number
}

/** What a value of an entity must be for a recipe to be of use; says what `{value}` and `{key}` of its template are. */
export type RecipeFit =
  /** A list of objects. */
  | 'objects'
  /** A number in each object of a list; `{value}` is the path to the numbers. */
  | 'numbers'
  /** A moment in each object of a list; `{key}` reads it from an object. */
  | 'moments'
  /** A list with equal values. */
  | 'repeated'
  /** Objects in a list of which several have the same text in a property; `{key}` is that property of an object. */
  | 'groups'
  /** A list with lists in it. */
  | 'lists'
  /** An object. */
  | 'object'
  /** Nothing, where others have a value; `{key}` is the value that most have. */
  | 'missing'

/** A whole step that a function is used for, offered where an entity has a value that fits. */
interface StepRecipe {
  /** Names the words for it in the catalogue of texts. */
  readonly does: RecipeName
  readonly fits: RecipeFit
  /** An expression for a property, or a step where the function is one. */
  readonly dtl: Json
}

export type RecipeName =
  | 'sum'
  | 'children'
  | 'newest'
  | 'deduplicate'
  | 'one-of-each'
  | 'pivot'
  | 'flatten'
  | 'unnest'
  | 'default'

/** Words for a call with a certain argument. */
export interface SentenceVariant {
  readonly argument: string
  /** Absent: any value. */
  readonly is?: Json
  readonly sentence?: string
  readonly chain?: string
}

/** What is known of a function without its meaning: words, arguments, examples, and what it does. */
export interface FunctionSignature {
  readonly kind: 'expression' | 'transform'
  readonly name: string
  readonly group: Group
  /** One plain sentence. */
  readonly says: string
  /** Details that the sentence leaves out: edge cases, warnings. */
  readonly more?: string
  /** How a step card says it, arguments in braces: `add {property} ← {values}`. */
  readonly sentence?: string
  /**
   * What it does to the value that reaches it, where calls are told one after the other: `replace {old-string} with
   * {new-string}`. The value is the last argument that is not named here. A sentence that begins with the last argument
   * (`{values} as decimal`) says it already.
   */
  readonly chain?: string
  /** What a call with many values comes to, `{n}` for their number, where the whole is too long to be read at a glance. */
  readonly gist?: string
  /** Other words where an argument is there, or is this very value; the words then stand for the argument, too. */
  readonly variants?: readonly SentenceVariant[]
  readonly examples: readonly Example[]
  /** What a transform does to the target. */
  readonly writes?: TargetEffect
  /** Follows the names that one of its arguments lists, from the value of another. */
  readonly walks?: { readonly names: string; readonly from: string }
  /**
   * What belongs together among the arguments: a condition of hops joins two sides, or is several conditions of which all
   * or any must hold; `pairs` are keys and their values in turn.
   */
  readonly joins?: 'equality' | 'all' | 'any' | 'pairs'
  /** From this argument on, tests and outcomes take turns, and an outcome alone may end them. */
  readonly casesFrom?: string
  /** Counts characters, so what it gives for one text says little of the next. */
  readonly positional?: true
  /** Asks only whether its one argument has a value. */
  readonly presence?: true
  /** Looks at the version of the entity before. */
  readonly previous?: true
  /** Trips the circuit breaker of the sink dataset. */
  readonly trips?: true
  /** May have to wait: for a library, or for work in the background. */
  readonly async?: true
  /** A new call, where its required arguments alone would not say enough. */
  readonly template?: Json
  /** Place among what real pipes use most, from 1; the others have none. */
  readonly common?: number
  /** Gives the same result for the same arguments; `false` for now, uuid, encrypt. Default true. */
  readonly deterministic?: boolean
  /** Reads or writes property names in namespaces. */
  readonly namespaceAware?: boolean
  /** Documented as deprecated; the words say what to use. */
  readonly deprecated?: string
  /**
   * Ways to turn other values into what the function gives, the plain call first; "_." stands for the value. They are
   * offered where a function leaves values out because of their type.
   */
  readonly converts?: readonly Json[]
  /** Columns of data files whose texts the function reads. */
  readonly reads?: readonly ColumnReading[]
  /**
   * Ways to write texts alike that differ only in capitals, spaces or punctuation, the plainest first; "_." stands for the
   * text. They are offered where two sides of a join or a merge shall meet.
   */
  readonly folds?: readonly Json[]
  /** Whole steps that the function is used for. */
  readonly recipes?: readonly StepRecipe[]
  /** Page of the Sesam documentation, below `hub/`. */
  readonly doc: string
  readonly takes: readonly Argument[]
  readonly gives: ArgumentType | 'same' | 'nothing'
}
