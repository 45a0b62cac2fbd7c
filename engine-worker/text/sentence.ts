/**
 * Steps and expressions as plain sentences, for the cards of the canvas: "add **name** ← upper case of **first**". A
 * sentence is a list of tokens with their JSON paths, so that each word can be clicked, edited and annotated with its
 * value. Words come from the declarations of the functions (`sentence` and the names of arguments).
 *
 * Nothing is ever left out: every value of the JSON is under the path of some token, and what is not understood (an
 * unknown function, a wrong number of arguments, a shape of its own) is shown as it is written.
 */

import type { FunctionSignature } from '../dtl/signature.ts'
import { type CallableSignature, type FunctionTable, functionTableFrom } from '../dtl/tree/functions.ts'
import type {
  CallNode,
  ExpressionNode,
  GivenArgument,
  HopsNode,
  PathNode,
  StepsNode,
  TreeNode,
} from '../dtl/tree/node.ts'
import { parseExpression, parseStep } from '../dtl/tree/parse.ts'
import { get } from '../entity/dict.ts'
import { entriesOf } from '../entity/entries.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'

export type Token =
  /** Connecting words. */
  | { readonly is: 'text'; readonly text: string }
  /** A property by its path; `variable` is what it starts from (`_S`, `_T`, an alias …), null for a plain name. */
  | { readonly is: 'property'; readonly text: string; readonly variable: string | null; readonly path: JsonPath }
  /** A constant. */
  | { readonly is: 'literal'; readonly text: string; readonly value: Json; readonly path: JsonPath }
  | { readonly is: 'dataset' | 'rule'; readonly text: string; readonly path: JsonPath }
  /** A call with its own sentence inside; `known` is false for a function that is not declared. */
  | {
      readonly is: 'call'
      readonly name: string
      readonly known: boolean
      readonly tokens: readonly Token[]
      readonly path: JsonPath
    }
  /** Steps inside a step, which are cards of their own. */
  | { readonly is: 'steps'; readonly count: number; readonly path: JsonPath }
  /** JSON as it is written. */
  | { readonly is: 'raw'; readonly text: string; readonly path: JsonPath }

/** What sentences need of the declarations; `Catalogue.functions` of protocol.ts fits. */
type SentenceSignature = CallableSignature & Pick<FunctionSignature, 'sentence'>

/** The functions by kind and name, and the words between the parts of a join. */
export interface Vocabulary extends FunctionTable<SentenceSignature> {
  readonly connectors: Connectors
}

/** Words between the parts of a join. */
interface Connectors {
  readonly where: string
  readonly and: string
  readonly giving: string
}

const english: Connectors = { where: 'where', and: 'and', giving: 'giving' }

/** The vocabulary of functions, which are as declared or have their sentences in another language. */
export function vocabulary(functions: Iterable<SentenceSignature>, connectors: Connectors = english): Vocabulary {
  return { ...functionTableFrom(functions), connectors }
}

/** The sentence of a step (a transform function call). */
export function stepSentence(step: Json, words: Vocabulary, path: JsonPath = []): Token[] {
  const node = parseStep(step, path, words)
  return node.is === 'call' ? new Speaker(words).call(node) : [raw(node)]
}

/** The tokens of an expression. `aliases` are the names that hops around it have given to datasets. */
export function expressionTokens(
  expression: Json,
  words: Vocabulary,
  path: JsonPath = [],
  aliases: readonly string[] = [],
): Token[] {
  const named = aliases.map((name, slot) => [name, { name, dataset: '', slot, definedAt: [] }] as const)
  const scope = { aliases: new Map(named), source: null }
  return new Speaker(words).value(parseExpression(expression, path, words, scope).node)
}

/** A sentence as plain text, for screen readers, tooltips and search. */
export function sentenceText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.is === 'call') return sentenceText(token.tokens)
      if (token.is === 'steps') return token.count === 1 ? '1 step' : `${token.count} steps`
      return token.text
    })
    .join('')
}

function text(words: string): Token {
  return { is: 'text', text: words }
}

function raw({ json, at }: Pick<TreeNode, 'json' | 'at'>): Token {
  return { is: 'raw', text: printJson(json), path: at }
}

function literal({ json, at }: Pick<TreeNode, 'json' | 'at'>): Token {
  return { is: 'literal', text: printJson(json), value: json, path: at }
}

const WHOLE: ReadonlyMap<string, string> = new Map([
  ['_S', 'the source'],
  ['_T', 'the target'],
  ['_', 'it'],
  ['_P', 'the parent'],
  ['_R', 'the root'],
  ['_B', 'the parameters'],
])

/** Says the nodes of a tree. */
class Speaker {
  constructor(private readonly words: Vocabulary) {}

  value(node: TreeNode): Token[] {
    switch (node.is) {
      case 'path':
        return [reference(node)]
      case 'broken-path':
        return [literal(node)]
      case 'call':
        return [{ is: 'call', name: node.name, known: node.declared !== null, tokens: this.call(node), path: node.at }]
      case 'constant':
        return [isObject(node.json) ? raw(node) : literal(node)]
      default:
        return [raw(node)]
    }
  }

  /** The sentence of a call, from its template; whatever the template does not mention follows in brackets. */
  call(node: CallNode): Token[] {
    const { declared, bound } = node
    if (declared === null || bound === null) return this.plainCall(node)
    if (declared.casesFrom !== undefined) return this.cases(node, declared)
    const given = new Map(declared.takes.map((argument, index) => [argument.name, bound[index] ?? []]))
    const tokens: Token[] = []
    const pieces = (this.sentenceOf(declared) ?? template(declared)).split(/(\{[^}]*\})/)
    let leftOut = false
    for (const [index, piece] of pieces.entries()) {
      const named = /^\{(.*)\}$/.exec(piece)?.[1]
      const slot = named === undefined ? undefined : given.get(named)
      if (named === undefined || !slot) {
        // The end of a sentence belongs to the argument before it: "to 2 digits".
        if (piece !== '' && !(leftOut && index === pieces.length - 1)) tokens.push(text(piece))
        continue
      }
      leftOut = slot.length === 0
      given.delete(named)
      if (slot.length > 0) tokens.push(...this.arguments(slot))
      else if (tokens.length > 1 && tokens.at(-1)?.is === 'text') tokens.pop()
    }
    for (const [name, left] of given) {
      if (left.length === 0) continue
      tokens.push(text(` (${name.replaceAll('-', ' ')}: `), ...this.arguments(left), text(')'))
    }
    return tokens
  }

  private sentenceOf({ kind, name }: CallableSignature): string | undefined {
    return (kind === 'transform' ? this.words.transforms : this.words.expressions).get(name)?.sentence
  }

  /** A call as it is written: `name(a, b)`. */
  private plainCall({ name, given }: CallNode): Token[] {
    const tokens: Token[] = [text(`${name}(`)]
    for (const [index, { node }] of given.entries()) {
      if (index > 0) tokens.push(text(', '))
      tokens.push(...this.value(node))
    }
    return [...tokens, text(')')]
  }

  private arguments(given: readonly GivenArgument[]): Token[] {
    return given.flatMap((each, index) => (index === 0 ? [] : [text(', ')]).concat(this.argument(each)))
  }

  private argument({ argument, node }: GivenArgument): Token[] {
    const { json, at } = node
    if (node.is === 'steps') return [steps(node)]
    if (node.is === 'hops') return get(node.json, 'datasets') === undefined ? [raw(node)] : this.hops(node)
    const names = argument?.names
    if (typeof json === 'string') {
      if (names === 'rule') return [{ is: 'rule', text: json, path: at }]
      if (names === 'dataset') return [{ is: 'dataset', text: json, path: at }]
      const isName = names === 'property' || names === 'pattern' || names === 'text-pattern'
      if (isName && node.is === 'constant') return [{ is: 'property', text: json, variable: null, path: at }]
    }
    if (node.is === 'data' || node.is === 'note') return [typeof json === 'string' ? literal(node) : raw(node)]
    return this.value(node)
  }

  /** Tests and what follows from them in turn, and what holds for everything else. */
  private cases({ given }: CallNode, { takes, casesFrom }: CallableSignature): Token[] {
    const from = takes.findIndex(({ name }) => name === casesFrom)
    const outcome = (each: GivenArgument | undefined): Token[] =>
      each === undefined ? [] : each.node.is === 'steps' ? [steps(each.node)] : this.value(each.node)
    const tokens: Token[] = [text('case')]
    for (const { node } of given.slice(0, from)) tokens.push(text(' '), ...this.value(node), text(' is'))
    for (let index = from; index < given.length; index += 2) {
      const test = given[index]
      if (index > from) tokens.push(text(','))
      if (index === given.length - 1) tokens.push(text(' otherwise '), ...outcome(test))
      else tokens.push(text(' '), ...outcome(test), text(': '), ...outcome(given[index + 1]))
    }
    return tokens
  }

  /** `orders o where …, giving …`; settings follow as they are written. */
  private hops({ json, at, datasets, where, returns }: HopsNode): Token[] {
    const { connectors } = this.words
    const names = get(json, 'datasets') ?? null
    const tokens: Token[] = []
    if (!Array.isArray(names) || datasets.length !== names.length)
      tokens.push(raw({ json: names, at: [...at, 'datasets'] }))
    else
      for (const [index, dataset] of datasets.entries()) {
        if (index > 0) tokens.push(text(', '))
        tokens.push({ is: 'dataset', text: dataset.json, path: dataset.at })
      }
    for (const [key, setting] of entriesOf(json)) {
      if (key === 'datasets') continue
      if (key === 'where' && where !== null) tokens.push(text(` ${connectors.where} `), ...this.conditions(where))
      else if (key === 'return' && returns !== null)
        tokens.push(text(`, ${connectors.giving} `), ...this.value(returns))
      else tokens.push(text(`, ${key}: `), raw({ json: setting, at: [...at, key] }))
    }
    return tokens
  }

  /** A list of conditions must all hold. */
  private conditions(node: ExpressionNode): Token[] {
    if (node.is !== 'list' || node.items.length === 0) return this.value(node)
    return node.items.flatMap((condition, index) => {
      const tokens = this.value(condition)
      return index === 0 ? tokens : [text(` ${this.words.connectors.and} `), ...tokens]
    })
  }
}

function reference({ json, at, path: { variable } }: PathNode): Token {
  const written = String(json)
  const rest = written.slice(variable.length + 1)
  const whole = rest === '' ? (WHOLE.get(variable) ?? variable) : null
  const shown = variable === '_S' || variable === '_' ? rest : written
  return { is: 'property', text: whole ?? shown, variable, path: at }
}

function template({ name, takes }: CallableSignature): string {
  const names = takes.map((argument) => `{${argument.name}}`)
  return names.length === 0 ? name : `${name} ${names.join(', ')}`
}

function steps({ json, at }: StepsNode): Token {
  if (!Array.isArray(json)) return raw({ json, at })
  return { is: 'steps', count: typeof json[0] === 'string' ? 1 : json.length, path: at }
}
