/**
 * The syntax tree of DTL: what a rule or an expression says, with the place of every part, the functions that are called
 * and what each argument and variable is bound to. It is made by parse.ts, without judging: whatever is written has a
 * node. Everything that reads rules without running them visits this tree, and the compiler makes closures of it.
 */
import type { Json, JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import type { Argument } from '../argument.ts'
import type { CallableSignature } from './functions.ts'
import type { PropertyPath } from './path.ts'

/** A dataset that hops or a merge source have given a name to. */
export interface Alias {
  readonly name: string
  readonly dataset: string
  /** Where its entity is in `Frame.aliases`. */
  readonly slot: number
  /** Place of what defines it: a hops specification, or a source. */
  readonly definedAt: JsonPath
}

interface NodeBase {
  readonly json: Json
  readonly at: JsonPath
}

/** A value that is the same for every entity: anything but a path or a call. */
interface ConstantNode extends NodeBase {
  readonly is: 'constant'
}

/** A path into a variable. */
export interface PathNode extends NodeBase {
  readonly is: 'path'
  readonly path: PropertyPath
  /** The alias that the path starts from. */
  readonly alias: Alias | null
  /** The dataset whose entity the variable holds; null where it is not of a dataset that the rule names. */
  readonly dataset: string | null
}

/** A path whose quotes do not match. */
interface BrokenPathNode extends NodeBase {
  readonly is: 'broken-path'
}

/** A list that is no call: empty, or without a name at its start. In a template it is a list of its items. */
interface ListNode extends NodeBase {
  readonly is: 'list'
  readonly items: readonly TemplateNode[]
}

/** A dict whose values are evaluated, in the `return` of hops. */
interface DictNode extends NodeBase {
  readonly is: 'dict'
  readonly members: readonly { readonly key: string; readonly node: TemplateNode }[]
}

/** A call of a function. */
export interface CallNode extends NodeBase {
  readonly is: 'call'
  readonly json: Json[]
  readonly kind: 'expression' | 'transform'
  readonly name: string
  /** Null where there is no function of this name and kind. */
  readonly declared: CallableSignature | null
  /** What is written after the name, in order. */
  readonly given: readonly GivenArgument[]
  /** The given arguments of each declared one; null where their number does not fit. */
  readonly bound: readonly (readonly GivenArgument[])[] | null
}

/** One argument of a call. */
export interface GivenArgument {
  /** Null where the function is not known or does not have that many. */
  readonly argument: Argument | null
  readonly node: ArgumentNode
}

/** One transform, or a list of them. */
export interface StepsNode extends NodeBase {
  readonly is: 'steps'
  /** Anything that is not a transform is read as an expression. */
  readonly steps: readonly ExpressionNode[]
}

/** Configuration that is not evaluated. */
interface DataNode extends NodeBase {
  readonly is: 'data'
}

/** Words, or what is switched off. */
interface NoteNode extends NodeBase {
  readonly is: 'note'
  readonly content: ExpressionNode
}

/** One hops specification. */
export interface HopsNode extends NodeBase {
  readonly is: 'hops'
  readonly json: JsonObject
  readonly datasets: readonly DatasetNode[]
  readonly where: ExpressionNode | null
  readonly returns: TemplateNode | null
  /** By alias, as written in `subsets` or `prefilters`. */
  readonly subsets: readonly { readonly alias: string; readonly node: ExpressionNode }[]
  readonly tracked: boolean
  /** Aliases that conditions inside may use, those of hops around this one included. */
  readonly aliases: ReadonlyMap<string, Alias>
  /** Whether `_S` inside is what an earlier specification of the same call found. */
  readonly follows: boolean
}

/** `orders o` in a list of datasets. */
export interface DatasetNode {
  readonly json: string
  readonly at: JsonPath
  readonly dataset: string
  /** Null where none is given. */
  readonly alias: string | null
  /** Where the two stand in the text. */
  readonly start: number
  readonly aliasStart: number
}

export type ExpressionNode = ConstantNode | PathNode | BrokenPathNode | ListNode | CallNode
export type TemplateNode = ExpressionNode | DictNode
export type ArgumentNode = ExpressionNode | StepsNode | DataNode | NoteNode | HopsNode
export type TreeNode = ArgumentNode | DictNode

/** Whether a node is evaluated to a value. */
export function isExpression(node: TreeNode): node is ExpressionNode {
  return (
    node.is === 'constant' ||
    node.is === 'path' ||
    node.is === 'call' ||
    node.is === 'list' ||
    node.is === 'broken-path'
  )
}

/** A rule: its transforms, and its aliases counted. */
export interface RuleNode {
  readonly name: string
  readonly at: JsonPath
  readonly steps: StepsNode
  /** How many aliases its hops define. */
  readonly slots: number
}

/** The rules of a DTL transform. */
export type RulesTree = ReadonlyMap<string, RuleNode>
