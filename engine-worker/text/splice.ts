/**
 * An edit of configuration as an edit of its text: what has not changed keeps its characters (layout, order of keys, forms
 * of numbers, escapes), what is new is printed in the style of the text around it.
 */
import { get } from '../entity/dict.ts'
import { keysOf, printJson, printScalar } from '../entity/json.ts'
import { Float, isObject, type Json, type JsonObject } from '../entity/value.ts'
import { matchItems } from './match-items.ts'
import { type PrintPlace, printPart } from './print-part.ts'
import { elementSpans, memberSpans, type Span, valueSpan } from './spans.ts'
import { styleOf, type TextStyle } from './text-style.ts'

/** What is known of the file that a text is part of. */
interface SpliceOptions {
  /** Line ending of the file. */
  readonly newline?: string
  /** White space at the beginning of the line that the text begins on. */
  readonly base?: string
}

/**
 * The text of `after`, given a JSON text and the value `before` that was read from it with `numberLiterals`. White space
 * and a byte order mark around the value stay. Reading the result gives `after`, key order included.
 */
export function splice(text: string, before: Json, after: Json, options: SpliceOptions = {}): string {
  const span = valueSpan(text)
  const work = new Splicer(text, before, span, options)
  return text.slice(0, span.from) + work.render(span, before, after, 'config') + text.slice(span.to)
}

/** An item of a list, or a member of an object, in the text before. */
interface Child {
  readonly key: string | null
  readonly keySpan: Span | null
  readonly span: Span
  readonly value: Json
}

/** An item or member after the edit, with the child that it continues. */
interface NextChild {
  readonly key: string | null
  readonly value: Json
  readonly from: number | null
}

type PrintContext = PrintPlace['context']

class Splicer {
  private readonly prints = new WeakMap<object, string>()
  private readonly newline: string
  private readonly base: string
  private cachedStyle: TextStyle | null = null
  private origins: Map<object, Span> | null = null

  constructor(
    private readonly text: string,
    private readonly before: Json,
    private readonly whole: Span,
    { newline = text.includes('\r\n') ? '\r\n' : '\n', base = '' }: SpliceOptions,
  ) {
    this.newline = newline
    this.base = base
  }

  /** The text of `after` in the place of `before`, which stands at `span`. */
  render(span: Span, before: Json, after: Json, context: PrintContext, key: string | null = null): string {
    if (this.isSame(before, after)) return this.sliceOf(span)
    const children = this.childrenOf(span, before)
    const next = this.nextChildren(before, after, children)
    if (next.some(({ from }) => from !== null)) {
      return this.spliceContainer(span, children, next, contextWithin(before, context, key))
    }
    const base = this.lineIndent(span.from)
    const label = key === null ? 0 : printJson(key).length + 2
    return this.print(after, { base, column: base.length + label, context, key })
  }

  private spliceContainer(
    span: Span,
    children: readonly Child[],
    next: readonly NextChild[],
    context: PrintContext,
  ): string {
    const all = next.length === children.length && next.every(({ from }, index) => from === index)
    const start = this.text.slice(span.from + 1, startOf(children[0]) ?? span.to)
    // A key that occurs twice counts once: the first one stays only where no member comes, goes or moves.
    const lead = all ? start : (/^\s*/.exec(start)?.[0] ?? '')
    let result = this.text.slice(span.from, span.from + 1)
    for (const [index, child] of next.entries()) {
      const left = next[index - 1]
      const before = left ? this.separatorBetween(children, left, child, lead, all) : lead
      const line = before.lastIndexOf('\n')
      const base = line < 0 ? this.lineIndent(endOf(children, left) ?? span.from) : before.slice(line + 1)
      result += before + this.spliceChild(child, children, context, base.replace(/[^ \t].*$/s, ''))
    }
    return result + this.text.slice(children.at(-1)?.span.to ?? span.to - 1, span.to)
  }

  /** The text of an item or member; `base` is the indentation of its line where it is new. */
  private spliceChild(child: NextChild, children: readonly Child[], context: PrintContext, base: string): string {
    const old = child.from === null ? undefined : children[child.from]
    if (old) {
      const value = this.render(old.span, old.value, child.value, context, child.key)
      if (!old.keySpan || child.key === null) return value
      const key = child.key === old.key ? this.sliceOf(old.keySpan) : this.quotedKey(child.key)
      return key + this.text.slice(old.keySpan.to, old.span.from) + value
    }
    const sibling = children.find(({ keySpan }) => keySpan)
    const colon = sibling?.keySpan ? this.text.slice(sibling.keySpan.to, sibling.span.from) : this.style().colon
    const label = child.key === null ? '' : this.quotedKey(child.key) + (colon.includes('\n') ? ': ' : colon)
    return label + this.print(child.value, { base, column: base.length + label.length, context, key: child.key })
  }

  /** What stands between two items: what stood there, or what stands between others of the same container. */
  private separatorBetween(
    children: readonly Child[],
    left: NextChild,
    right: NextChild,
    lead: string,
    all: boolean,
  ): string {
    const textBetween = (index: number): string =>
      this.text.slice(children[index]?.span.to, startOf(children[index + 1]) ?? children[index]?.span.to)
    const separatorOrNull = (index: number): string | null =>
      /^\s*,\s*$/.test(textBetween(index)) ? textBetween(index) : null
    const { from } = left
    if (from !== null && right.from === from + 1 && (all || separatorOrNull(from) !== null)) return textBetween(from)
    const before = right.from === null ? null : separatorOrNull(right.from - 1)
    if (before !== null) return before
    const near = from === null ? separatorOrNull(0) : (separatorOrNull(from) ?? separatorOrNull(from - 1))
    if (near !== null) return oneBreak(near)
    return lead.includes('\n') ? `,${oneBreak(lead)}` : this.style().comma
  }

  private childrenOf(span: Span, value: Json): Child[] {
    if (Array.isArray(value)) {
      const spans = elementSpans(this.text, span.from)
      return spans.map((each, index) => ({ key: null, keySpan: null, span: each, value: value[index] ?? null }))
    }
    if (!isObject(value)) return []
    const members = memberSpans(this.text, span.from)
    const last = new Map(members.map((member) => [member.key, member]))
    return members
      .filter((member) => last.get(member.key) === member)
      .map(({ key, keySpan, span: each }) => ({ key, keySpan, span: each, value: get(value, key) ?? null }))
  }

  /** The items or members after the edit; none where it is another sort of value. */
  private nextChildren(before: Json, after: Json, children: readonly Child[]): readonly NextChild[] {
    if (Array.isArray(before)) return Array.isArray(after) ? this.nextItems(children, after) : []
    if (!isObject(before) || !isObject(after)) return []
    const keys = keysOf(after)
    const old = keysOf(before)
    const same = keys.length === old.length && keys.every((key, index) => key === old[index])
    if (same) return children.map(({ key }, from) => ({ key, value: get(after, key ?? '') ?? null, from }))
    return this.nextMembers(children, keys, after)
  }

  private nextItems(children: readonly Child[], after: readonly Json[]): NextChild[] {
    const item = (value: Json) => ({ text: this.printedText(value), kind: kindOf(value) })
    const matches = matchItems(
      children.map(({ value }) => item(value)),
      after.map(item),
    )
    return after.map((value, index) => ({ key: null, value, from: matches[index] ?? null }))
  }

  /** A key that is new, in the place of one that is gone, is the same member under another name. */
  private nextMembers(children: readonly Child[], keys: readonly string[], after: JsonObject): NextChild[] {
    const indexes = new Map(children.map(({ key }, index) => [key, index]))
    const next: NextChild[] = keys.map((key) => {
      return { key, value: get(after, key) ?? null, from: indexes.get(key) ?? null }
    })
    const gone = new Set(children.keys())
    for (const { from } of next) if (from !== null) gone.delete(from)
    for (const [index, child] of next.entries()) {
      const from = (next[index - 1]?.from ?? -1) + 1
      if (child.from !== null || !gone.has(from)) continue
      const following = next[index + 1]?.from ?? (index === next.length - 1 ? children.length : null)
      if (following !== from + 1 && !this.isSame(children[from]?.value ?? null, child.value)) continue
      next[index] = { ...child, from }
      gone.delete(from)
    }
    return next
  }

  private print(value: Json, place: PrintPlace): string {
    const origin = typeof value === 'object' && value !== null ? this.originOf(value) : undefined
    if (origin) return this.movedText(origin, place.base)
    return printPart(value, place, this.style())
  }

  /** The text of a value that stood elsewhere, with the indentation of its new place. */
  private movedText(span: Span, base: string): string {
    const before = this.lineIndent(span.from)
    const [first = '', ...rest] = this.sliceOf(span).split('\n')
    const lines = rest.map((line) => (line.startsWith(before) ? base + line.slice(before.length) : line))
    return [first, ...lines].join('\n')
  }

  /** Where a value that is the same object as before stood. */
  private originOf(value: object): Span | undefined {
    if (!this.origins) {
      this.origins = new Map()
      this.collectOrigins(this.whole, this.before, this.origins)
    }
    return this.origins.get(value)
  }

  private collectOrigins(span: Span, value: Json, into: Map<object, Span>): void {
    if (typeof value !== 'object' || value === null || value instanceof Float) return
    into.set(value, span)
    for (const child of this.childrenOf(span, value)) this.collectOrigins(child.span, child.value, into)
  }

  private isSame(a: Json, b: Json): boolean {
    return a === b || this.printedText(a) === this.printedText(b)
  }

  private printedText(value: Json): string {
    if (typeof value !== 'object' || value === null || value instanceof Float) return printScalar(value)
    const known = this.prints.get(value)
    if (known !== undefined) return known
    const text = printJson(value)
    this.prints.set(value, text)
    return text
  }

  private style(): TextStyle {
    this.cachedStyle ??= styleOf(this.text, this.newline)
    return this.cachedStyle
  }

  private quotedKey(key: string): string {
    return printPart(key, { base: '', column: 0, context: 'config', key: null }, this.style())
  }

  private sliceOf({ from, to }: Span): string {
    return this.text.slice(from, to)
  }

  /** The white space at the beginning of the line that a place is on. */
  private lineIndent(at: number): string {
    const start = this.text.lastIndexOf('\n', at - 1) + 1
    const space = /^[ \t]*/.exec(this.text.slice(start, start + 1000))?.[0] ?? ''
    return start === 0 ? this.base + space : space
  }
}

function startOf(child: Child | undefined): number | undefined {
  return child?.keySpan?.from ?? child?.span.from
}

function endOf(children: readonly Child[], item: NextChild | undefined): number | undefined {
  return item?.from == null ? undefined : children[item.from]?.span.to
}

/** Steps and entities are laid out otherwise than configuration outside them (format.ts). */
function contextWithin(container: Json, context: PrintContext, key: string | null): PrintContext {
  if (context === 'step' || !Array.isArray(container)) return context
  return typeof container[0] === 'string' || Array.isArray(container[0]) || key === 'entities' ? 'step' : 'config'
}

/** White space with no empty lines in it: these separate what is there already. */
function oneBreak(space: string): string {
  return space.replace(/(\r?\n)[ \t]*(?=\r?\n)/g, '').replace(/^(,?)[ \t]*(?=\r?\n)/, '$1')
}

/** Items of one kind may be one item before and after an edit. */
function kindOf(value: Json): string {
  if (Array.isArray(value)) return typeof value[0] === 'string' ? `[${value[0]}` : '['
  if (!isObject(value)) return 'scalar'
  const name = get(value, '_id') ?? get(value, 'type')
  return `{${typeof name === 'string' ? name : ''}`
}
