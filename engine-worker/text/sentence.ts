/**
 * Steps and expressions as plain sentences, for the cards of the canvas: "add **name** ← upper case of **first**". A
 * sentence is a list of tokens with their JSON paths, so that each word can be clicked, edited and annotated with its
 * value. Words come from the declarations of the functions (`sentence` and the names of arguments).
 *
 * Nothing is ever left out: every value of the JSON is under the path of some token, and what is not understood (an
 * unknown function, a wrong number of arguments, a shape of its own) is shown as it is written.
 */

import type { SentenceVariant } from '../dtl/signature.ts'
import { LIST } from '../dtl/syntax.ts'
import { type CallableSignature, type FunctionTable, functionTableFrom } from '../dtl/tree/functions.ts'
import type {
  ArgumentNode,
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
import { chainOf, flowOf, isCallOf, isSpoken, type SentenceSignature, withoutConnection } from './chain.ts'
import { gistText, LONGEST, LONGEST_CONDITIONS, shownLength } from './gist.ts'
import { type Connectors, englishConnectors } from './sentence-words.ts'
import type { CallToken, Token } from './token.ts'

/** The functions by kind and name, and the words between the parts of a join. */
export interface Vocabulary extends FunctionTable<SentenceSignature> {
  readonly connectors: Connectors
}

/** The vocabulary of functions, which are as declared or have their sentences in another language. */
export function vocabulary(
  functions: Iterable<SentenceSignature>,
  connectors: Connectors = englishConnectors,
): Vocabulary {
  return { ...functionTableFrom(functions), connectors }
}

/** The sentence of a step (a transform function call). */
export function stepSentence(step: Json, words: Vocabulary, path: JsonPath = []): Token[] {
  const node = parseStep(step, path, words)
  return node.is === 'call' ? new SentenceWriter(words).call(node) : [rawToken(node)]
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
  return new SentenceWriter(words).value(parseExpression(expression, path, words, scope).node)
}

function textToken(words: string): Token {
  return { is: 'text', text: words }
}

function rawToken({ json, at }: Pick<TreeNode, 'json' | 'at'>): Token {
  return { is: 'raw', text: printJson(json), path: at }
}

function literalToken({ json, at }: Pick<TreeNode, 'json' | 'at'>): Token {
  return { is: 'literal', text: printJson(json), value: json, path: at }
}

/** The most values of one call that are shown; a gist stands for more. */
const MAX_VALUES = 4

/** Words of a call, and the places of what they stand for without showing it. */
interface Sentence {
  readonly tokens: readonly Token[]
  readonly says: readonly JsonPath[]
}

/** One thing that happens to a value. */
interface ChainLink {
  readonly node: CallNode
  /** The value that it happens to. */
  readonly value: ArgumentNode
  readonly token: CallToken
}

/** Says the nodes of a tree. */
class SentenceWriter {
  constructor(private readonly words: Vocabulary) {}

  value(node: TreeNode): Token[] {
    switch (node.is) {
      case 'path':
        return [this.referenceToken(node)]
      case 'broken-path':
        return [literalToken(node)]
      case 'call':
        return this.nestedCall(node)
      case 'constant':
        return [isObject(node.json) ? rawToken(node) : literalToken(node)]
      default:
        return [rawToken(node)]
    }
  }

  /** A call inside a sentence: as a chain where it does something to a value, folded where it has many values. */
  private nestedCall(node: CallNode): Token[] {
    const whole = () => this.callToken(node, this.sentence(node))
    const gist = this.gistOf(node)
    if (gist?.many) return [this.foldedToken(node, gist.words, whole())]
    const links = this.linksOf(node)
    const [first] = links
    const steps = links.flatMap(({ token }) => [this.arrowToken(), token])
    const call: Token = first ? { is: 'chain', tokens: [...this.value(first.value), ...steps], path: node.at } : whole()
    // What two values are fits beside their number.
    const isFew = gist?.items === 1 || gist?.items === 2
    return gist && !isFew && shownLength([call]) > LONGEST ? [this.foldedToken(node, gist.words, call)] : [call]
  }

  private foldedToken(node: CallNode, gist: string, token: Token): Token {
    const places = (given: readonly GivenArgument[] = []) => given.map((each) => each.node.at)
    const around = { first: places(node.bound?.[0]), last: places(node.bound?.at(-1)) }
    const words = gistText(gist, [token], around, this.words.connectors)
    return { is: 'fold', text: words, tokens: [token], path: node.at }
  }

  private arrowToken(): Token {
    return { is: 'then', text: this.words.connectors.next }
  }

  /** What happens to a value, innermost first; empty where the call has no chain form. */
  private linksOf(node: CallNode): ChainLink[] {
    const found = this.linkOf(node)
    if (!found) return []
    const { value } = found
    return [...(value.is === 'call' && !this.isHead(value) ? this.linksOf(value) : []), found]
  }

  /** Calls with many values are told as a whole. */
  private isHead(node: CallNode): boolean {
    return this.gistOf(node)?.many === true
  }

  private linkOf(node: CallNode): ChainLink | null {
    const { declared, bound } = node
    const signature = declared && this.signatureOf(declared)
    if (!signature || !bound) return null
    const place = flowOf(signature)
    const slot = place === null ? undefined : bound[place]
    const value = slot?.[0]?.node
    if (place === null || !value || slot.length !== 1 || isSpoken(value)) return null
    // The items of a list are chosen from, not handed on.
    if (signature.gist !== undefined && isCallOf(value, LIST)) return null
    const chosen = this.variantOf(node)
    const words = chosen?.variant.chain ?? chainOf(signature)
    if (words === null) return null
    const { tokens, says } = this.fillSentence(node, words, new Set([place]), chosen?.says ?? [])
    return { node, value, token: this.callToken(node, { tokens, says }) }
  }

  private callToken(node: CallNode, { tokens, says }: Sentence): CallToken {
    const known = node.declared !== null
    return { is: 'call', name: node.name, known, tokens, path: node.at, ...(says.length > 0 ? { says } : {}) }
  }

  /** The gist of a call, if it has one, and whether it has too many values to be told otherwise. */
  private gistOf({ declared, bound }: CallNode): { words: string; items: number | null; many: boolean } | null {
    const signature = declared ? this.signatureOf(declared) : undefined
    const gist = signature?.gist
    if (gist === undefined || !declared || !bound) return null
    const values = bound.at(-1) ?? []
    const [only] = values
    // A list as the only value counts by its items.
    const items = values.length === 1 && only && isCallOf(only.node, LIST) ? only.node.given : values
    const isCounted = gist.includes('{n}')
    const count = signature?.joins === 'pairs' && items.length > 1 ? Math.ceil(items.length / 2) : items.length
    return {
      words: gist.replace('{n}', String(count)),
      items: isCounted ? count : null,
      many: isCounted && count > MAX_VALUES,
    }
  }

  /** The variant of the words that fits the arguments, and the places of those it stands for. */
  private variantOf({ declared, bound }: CallNode): { variant: SentenceVariant; says: JsonPath[] } | null {
    const signature = declared && this.signatureOf(declared)
    for (const variant of signature?.variants ?? []) {
      const place = declared?.takes.findIndex(({ name }) => name === variant.argument) ?? -1
      const given = bound?.[place]?.[0]?.node
      if (!given || (variant.is !== undefined && given.json !== variant.is)) continue
      return { variant, says: variant.is === undefined ? [] : [given.at] }
    }
    return null
  }

  /** The sentence of a call as a list of tokens. */
  call(node: CallNode): Token[] {
    return [...this.sentence(node).tokens]
  }

  /** The sentence of a call, from its template; whatever the template does not mention follows in brackets. */
  private sentence(node: CallNode): Sentence {
    const { declared, bound } = node
    if (declared === null || bound === null) return { tokens: this.plainCall(node), says: [] }
    if (declared.casesFrom !== undefined) return { tokens: this.caseTokens(node, declared), says: [] }
    const chosen = this.variantOf(node)
    const words = chosen?.variant.sentence ?? this.signatureOf(declared)?.sentence ?? defaultSentence(declared)
    return this.fillSentence(node, words, new Set(), chosen?.variant.sentence === undefined ? [] : chosen.says)
  }

  /** Words with the arguments that they name; `skip` are the places of arguments that are said elsewhere. */
  private fillSentence(node: CallNode, words: string, skip: ReadonlySet<number>, says: readonly JsonPath[]): Sentence {
    const { declared, bound } = node
    const takes = declared?.takes ?? []
    const silent = new Set(says.map((path) => path.join('/')))
    const untoldArguments = takes.flatMap((argument, place) => {
      const given = (bound?.[place] ?? []).filter(({ node: { at } }) => !silent.has(at.join('/')))
      return skip.has(place) ? [] : [[argument.name, given] as const]
    })
    const valuesByArgument = new Map(untoldArguments)
    const tokens: Token[] = []
    const pieces = words.split(/(\{[^}]*\})/)
    const silenced: JsonPath[] = []
    let leftOut = false
    for (const [index, piece] of pieces.entries()) {
      const named = /^\{(.*)\}$/.exec(piece)?.[1]
      const slot = named === undefined ? undefined : valuesByArgument.get(named)
      if (named === undefined || !slot) {
        // The end of a sentence belongs to the argument before it: "to 2 digits".
        const isEnd = leftOut && index === pieces.length - 1 && !/^[)\]]/.test(piece)
        if (piece !== '' && named === undefined && !isEnd) tokens.push(textToken(piece))
        continue
      }
      leftOut = slot.length === 0
      valuesByArgument.delete(named)
      if (slot.length > 0) {
        // Behind "each:" a chain about each value begins with what happens to it.
        const words = this.argumentTokens(slot, declared)
        const head = pieces[index - 1]?.endsWith(': ') === true ? this.valueAtHand(slot) : null
        if (head) silenced.push(head)
        tokens.push(...(head ? words.map(withoutHead) : words))
      } else if (tokens.at(-1)?.is === 'text' && !/[([]$/.test(pieces[index - 1] ?? '')) {
        // What connects an argument to the words before it goes with it; words in front stay.
        const last = tokens.pop()
        if (tokens.length === 0 && last?.is === 'text') tokens.push(textToken(withoutConnection(last.text)))
      }
    }
    for (const [name, rest] of valuesByArgument) {
      if (rest.length === 0) continue
      tokens.push(textToken(` (${name.replaceAll('-', ' ')}: `), ...this.argumentTokens(rest, null), textToken(')'))
    }
    return { tokens, says: [...says, ...silenced] }
  }

  /** The place of the value at hand (`_.`) where an argument is a chain that begins with it. */
  private valueAtHand([given, more]: readonly GivenArgument[]): JsonPath | null {
    if (given?.node.is !== 'call' || more !== undefined) return null
    const value = this.linksOf(given.node)[0]?.value
    if (value?.is !== 'path' || value.path.variable !== '_' || value.path.segments.length > 0) return null
    // What is folded is told by its gist.
    return this.nestedCall(given.node)[0]?.is === 'chain' ? value.at : null
  }

  private signatureOf({ kind, name }: CallableSignature): SentenceSignature | undefined {
    return (kind === 'transform' ? this.words.transforms : this.words.expressions).get(name)
  }

  /** A call as it is written: `name(a, b)`. */
  private plainCall({ name, given }: CallNode): Token[] {
    const tokens: Token[] = [textToken(`${name}(`)]
    for (const [index, { node }] of given.entries()) {
      if (index > 0) tokens.push(textToken(', '))
      tokens.push(...this.value(node))
    }
    return [...tokens, textToken(')')]
  }

  private argumentTokens(given: readonly GivenArgument[], declared: CallableSignature | null): Token[] {
    const joins = declared ? this.signatureOf(declared)?.joins : undefined
    const { and, or } = this.words.connectors
    const isPaired = joins === 'pairs' && given.length > 1
    const between = joins === 'all' ? ` ${and} ` : joins === 'any' ? ` ${or} ` : ', '
    return given.flatMap((each, index) => {
      const tokens = this.argumentToken(each)
      const inner =
        each.node.is === 'call' && each.node.declared ? this.signatureOf(each.node.declared)?.joins : undefined
      // All of these and any of those: what belongs together stands in brackets, unless it is folded.
      const mixed = joins !== undefined && inner !== undefined && inner !== 'equality' && inner !== joins
      const nested = mixed && tokens[0]?.is === 'call' ? [textToken('('), ...tokens, textToken(')')] : tokens
      return index === 0 ? nested : [textToken(isPaired && index % 2 === 1 ? ': ' : between), ...nested]
    })
  }

  private argumentToken({ argument, node }: GivenArgument): Token[] {
    const { json, at } = node
    if (node.is === 'steps') return [this.stepsToken(node)]
    if (node.is === 'hops') return get(node.json, 'datasets') === undefined ? [rawToken(node)] : this.hopsTokens(node)
    const names = argument?.names
    if (typeof json === 'string') {
      if (names === 'rule') return [{ is: 'rule', text: json, path: at }]
      if (names === 'dataset') return [{ is: 'dataset', text: json, path: at }]
      const isName = names === 'property' || names === 'pattern' || names === 'text-pattern'
      const shown = names === 'pattern' && json === '*' ? this.words.connectors.everything : json
      if (isName && node.is === 'constant') return [{ is: 'property', text: shown, variable: null, path: at }]
    }
    if (node.is === 'data' || node.is === 'note')
      return [typeof json === 'string' ? literalToken(node) : rawToken(node)]
    return this.value(node)
  }

  /** Tests and what follows from them in turn, and what holds for everything else. */
  private caseTokens({ given }: CallNode, { takes, casesFrom }: CallableSignature): Token[] {
    const caseWords = this.words.connectors.cases
    const from = takes.findIndex(({ name }) => name === casesFrom)
    const outcomeTokens = (each: GivenArgument | undefined): Token[] =>
      each === undefined ? [] : each.node.is === 'steps' ? [this.stepsToken(each.node)] : this.value(each.node)
    const tokens: Token[] = [textToken(caseWords.case)]
    for (const { node } of given.slice(0, from))
      tokens.push(textToken(' '), ...this.value(node), textToken(` ${caseWords.is}`))
    for (let index = from; index < given.length; index += 2) {
      const test = given[index]
      if (index > from) tokens.push(textToken(','))
      if (index === given.length - 1) tokens.push(textToken(` ${caseWords.otherwise} `), ...outcomeTokens(test))
      else tokens.push(textToken(' '), ...outcomeTokens(test), textToken(': '), ...outcomeTokens(given[index + 1]))
    }
    return tokens
  }

  /** `orders o where …, giving …`; settings follow as they are written. */
  private hopsTokens({ json, at, datasets, where, returns }: HopsNode): Token[] {
    const { connectors } = this.words
    const names = get(json, 'datasets') ?? null
    const tokens: Token[] = []
    if (!Array.isArray(names) || datasets.length !== names.length)
      tokens.push(rawToken({ json: names, at: [...at, 'datasets'] }))
    else
      for (const [index, dataset] of datasets.entries()) {
        if (index > 0) tokens.push(textToken(', '))
        tokens.push({ is: 'dataset', text: dataset.json, path: dataset.at })
      }
    for (const [key, setting] of entriesOf(json)) {
      if (key === 'datasets') continue
      if (key === 'where' && where !== null)
        tokens.push(textToken(` ${connectors.where} `), ...this.conditionTokens(where))
      else if (key === 'return' && returns !== null)
        tokens.push(textToken(`, ${connectors.giving} `), ...this.value(returns))
      else tokens.push(textToken(`, ${key}: `), rawToken({ json: setting, at: [...at, key] }))
    }
    return tokens
  }

  /** A list of conditions must all hold; of a long one the first is told. */
  private conditionTokens(node: ExpressionNode): Token[] {
    if (node.is !== 'list' || node.items.length === 0) return this.value(node)
    const { and, moreConditions } = this.words.connectors
    const [first = [], ...others] = node.items.map((condition) => this.value(condition))
    const rest = others.flatMap((tokens, index) => (index === 0 ? tokens : [textToken(` ${and} `), ...tokens]))
    if (rest.length === 0) return first
    const isLong = others.length > 2 || shownLength(first) + shownLength(rest) > LONGEST_CONDITIONS
    const gist = moreConditions(others.length)
    return [
      ...first,
      textToken(` ${and} `),
      ...(isLong ? [{ is: 'fold', text: gist, tokens: rest, path: node.at } as const] : rest),
    ]
  }

  private referenceToken({ json, at, path: { variable } }: PathNode): Token {
    const written = String(json)
    const rest = written.slice(variable.length + 1)
    const whole = rest === '' ? (this.words.connectors.whole[variable] ?? variable) : null
    const shown = variable === '_S' || variable === '_' ? rest : written
    return { is: 'property', text: whole ?? shown, variable, path: at }
  }

  private stepsToken({ json, at }: StepsNode): Token {
    if (!Array.isArray(json)) return rawToken({ json, at })
    const count = typeof json[0] === 'string' ? 1 : json.length
    return { is: 'steps', text: this.words.connectors.steps(count), path: at }
  }
}

/** A chain without the value that it begins with. */
function withoutHead(token: Token): Token {
  return token.is === 'chain' ? { ...token, tokens: token.tokens.slice(2) } : token
}

function defaultSentence({ name, takes }: CallableSignature): string {
  const names = takes.map((argument) => `{${argument.name}}`)
  return names.length === 0 ? name : `${name} ${names.join(', ')}`
}
