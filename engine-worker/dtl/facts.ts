/**
 * Static facts of a DTL transform, for lineage, runs and checks: what each rule reads, writes and joins. A visitor over
 * the syntax tree; what it knows of a function stands in the function's declaration. A name as `*:age` stands for `age`
 * in any namespace and in none; other wildcards are as written in a copy or a remove.
 */
import { decodeString } from '../entity/transit.ts'
import type { JsonPath } from '../path.ts'
import type { Namespaces } from './evaluation.ts'
import { writeName } from './namespace.ts'
import type { TargetEffect } from './signature.ts'
import type { CallableSignature } from './tree/functions.ts'
import { namesIn } from './tree/names.ts'
import type { CallNode, PathNode, RuleNode, RulesTree, TreeNode } from './tree/node.ts'
import { rootWords, segmentWords } from './tree/path.ts'
import { argumentOf, argumentsOf, visit } from './tree/visit.ts'

/** A property read. `from` is a variable (`_S`, `_P._T`, …) or, for an alias of hops, its dataset. */
export interface ReadFact {
  readonly from: string
  /** Names along the path; none when the whole is read. */
  readonly path: readonly string[]
  readonly at: JsonPath
}

/** A property written to or removed from the target; null where its name is computed or follows from the data. */
export interface WriteFact {
  readonly property: string | null
  /** What the transform does to the target. */
  readonly effect: TargetEffect
  readonly at: JsonPath
}

export interface CopyFact {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly at: JsonPath
}

/** A dataset that hops join, or that a function looks into. */
interface DatasetFact {
  /** Empty where the name is computed. */
  readonly dataset: string
  readonly tracked: boolean
  readonly at: JsonPath
}

export interface RuleFacts {
  readonly rule: string
  readonly reads: readonly ReadFact[]
  readonly writes: readonly WriteFact[]
  readonly removes: readonly WriteFact[]
  readonly copies: readonly CopyFact[]
  /** The datasets of hops, as they are listed. */
  readonly joins: readonly DatasetFact[]
  readonly lookups: readonly DatasetFact[]
  /** Rules applied, over values or over hops. */
  readonly applies: readonly { readonly rule: string; readonly at: JsonPath }[]
  /** The steps that put out entities besides the target. */
  readonly created: readonly JsonPath[]
}

export interface DtlFacts {
  readonly rules: readonly RuleFacts[]
  /** Rules that the default rule reaches. */
  readonly reached: readonly string[]
  /** The functions that are called, in any rule. */
  readonly functions: ReadonlySet<CallableSignature>
}

/** The facts of the rules of a transform, in the namespaces of its pipe. */
export function factsOf(tree: RulesTree, namespaces: Namespaces): DtlFacts {
  const functions = new Set<CallableSignature>()
  const rules = [...tree.values()].map((rule) => new RuleVisitor(rule, namespaces, functions))
  return { rules, reached: reachedFrom('default', rules), functions }
}

class RuleVisitor implements RuleFacts {
  readonly rule: string
  readonly reads: ReadFact[] = []
  readonly writes: WriteFact[] = []
  readonly removes: WriteFact[] = []
  readonly copies: CopyFact[] = []
  readonly joins: DatasetFact[] = []
  readonly lookups: DatasetFact[] = []
  readonly applies: { rule: string; at: JsonPath }[] = []
  readonly created: JsonPath[] = []

  constructor(
    { name, steps }: RuleNode,
    private readonly namespaces: Namespaces,
    private readonly functions: Set<CallableSignature>,
  ) {
    this.rule = name
    visit(steps, (node) => this.visitNode(node))
  }

  /** Notes what a node does; false where what is inside it is not evaluated. */
  private visitNode(node: TreeNode): boolean {
    if (node.is === 'path') this.addRead(sourceOf(node), node.path.segments, node.at)
    else if (node.is === 'call') return this.visitCall(node)
    return node.is !== 'note'
  }

  private visitCall(node: CallNode): boolean {
    const { declared, bound, at } = node
    if (declared === null || bound === null) return false
    this.functions.add(declared)
    const { writes, walks } = declared
    if (writes !== undefined) this.addEffect(node, writes)
    if (walks !== undefined) this.addWalk(node, walks)
    for (const { argument, node: given } of node.given) {
      if (argument?.names === 'rule') this.applies.push({ rule: typeof given.json === 'string' ? given.json : '', at })
      if (given.is === 'hops')
        for (const { dataset } of given.datasets) this.joins.push({ dataset, tracked: given.tracked, at })
      if (argument?.reads === true)
        for (const { text: dataset } of namesIn(given) ?? [{ text: '' }])
          this.lookups.push({ dataset, tracked: false, at })
    }
    return true
  }

  private addEffect(node: CallNode, effect: TargetEffect): void {
    const { at } = node
    const write = (property: string | null) => this.writes.push({ property, effect, at })
    switch (effect.is) {
      case 'sets': {
        const name = textOf(argumentOf(node, effect.property))
        write(name === null ? null : writeName(name, this.namespaces))
        return
      }
      case 'brings': {
        const from = textOf(argumentOf(node, effect.from))
        const to = argumentOf(node, effect.property)
        if (from !== null) this.addRead('_S', [from], at)
        write(
          this.namespacedName(to !== undefined ? textOf(to) : from === null ? null : `${from}${effect.suffix ?? ''}`),
        )
        return
      }
      case 'copies':
        this.copies.push({
          include: textsOf(argumentOf(node, effect.include)) ?? ['*'],
          exclude: textsOf(argumentOf(node, effect.exclude)) ?? [],
          at,
        })
        return
      case 'removes':
        for (const property of textsOf(argumentOf(node, effect.pattern)) ?? [null])
          this.removes.push({ property, effect, at })
        return
      case 'merges':
        write(null)
        return
      case 'creates':
        if (effect.children) write('$children')
        else this.created.push(at)
    }
  }

  /** A new name without namespace keeps that of the property that is renamed. */
  private namespacedName(name: string | null): string | null {
    if (name === null) return null
    return this.namespaces.enabled && !name.includes(':') && !/^[_$]/.test(name)
      ? `*:${name}`
      : writeName(name, this.namespaces)
  }

  private addWalk(node: CallNode, { names, from }: NonNullable<CallableSignature['walks']>): void {
    const segments = textsOf(argumentOf(node, names))
    if (segments === null) return
    for (const { node: start } of argumentsOf(node, from))
      if (start.is === 'path') this.addRead(sourceOf(start), [...start.path.segments, ...segments], node.at)
  }

  private addRead(from: string, segments: readonly string[], at: JsonPath): void {
    this.reads.push({ from, path: segments.map((segment) => segmentWords(segment, this.namespaces)), at })
  }
}

function sourceOf({ path, dataset }: PathNode): string {
  return dataset ?? rootWords(path.root)
}

/** The text that an argument is; null where it is absent, computed or something else. */
function textOf(node: TreeNode | undefined): string | null {
  const text = node?.is === 'constant' && typeof node.json === 'string' ? decodeString(node.json) : null
  return typeof text === 'string' ? text : null
}

/** The texts that an argument lists; null where it is absent or computed. */
function textsOf(node: TreeNode | undefined): readonly string[] | null {
  return node === undefined ? null : (namesIn(node)?.map(({ text }) => text) ?? null)
}

function reachedFrom(start: string, rules: readonly RuleFacts[]): string[] {
  const reached = new Set<string>()
  const open = [start]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const facts = rules.find(({ rule }) => rule === name)
    if (facts === undefined || reached.has(name)) continue
    reached.add(name)
    open.push(...facts.applies.map(({ rule }) => rule))
  }
  return [...reached]
}
