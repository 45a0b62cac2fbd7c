/**
 * The query language of integrated search (hub/features/integrated-search.rst): `+` and, `|` or a blank or, `-` not,
 * `"…"` phrase, `"…"~N` phrase with up to N words between, `word*` prefix, `word~N` up to N edits, `( )` precedence,
 * `\` takes the next sign as text. What is not valid is skipped; a query is never an error.
 *
 * `+` binds closer than or. A negation excludes from the whole bracket in which it stands; a bracket of negations alone
 * is everything without them.
 */
import { searchWords } from './search-words.ts'

/** What a query asks of an entity. */
export type Query =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'prefix'; readonly word: string }
  /** Words with this part in them; no query asks for it, but filters by property are narrowed with it. */
  | { readonly kind: 'part'; readonly word: string }
  | { readonly kind: 'fuzzy'; readonly word: string; readonly edits: number }
  /** The words in this order, with at most `slop` other words between them altogether. */
  | { readonly kind: 'phrase'; readonly words: readonly string[]; readonly slop: number }
  | { readonly kind: 'and'; readonly parts: readonly Query[] }
  | { readonly kind: 'or'; readonly parts: readonly Query[] }
  /** What `part` finds, or everything where it is null, without what any of `excluded` finds. */
  | { readonly kind: 'without'; readonly part: Query | null; readonly excluded: readonly Query[] }

/** More edits than this count as this. */
const MAX_EDITS = 2

/** Brackets nested deeper than this are skipped. */
const MAX_DEPTH = 500

/** The query that the text is, or null where nothing is left to look for. */
export function parseQuery(text: string): Query | null {
  return new QueryParser(text).parse()
}

/** What is read inside one bracket. */
interface Bracket {
  /** Chains of `+`, which are or. */
  readonly chains: Query[][]
  readonly excluded: Query[]
  /** Whether the next part belongs to the last chain. */
  isAnd: boolean
  /** Whether this bracket itself stands behind a `-`. */
  readonly isNegated: boolean
}

const END_OF_WORD = /[\s"|+()]/

class QueryParser {
  private at = 0
  /** Where brackets open that are closed later on; others are skipped. */
  private readonly closed: ReadonlySet<number>

  constructor(private readonly text: string) {
    this.closed = closedBrackets(text)
  }

  parse(): Query | null {
    const open: Bracket[] = [newBracket(false)]
    let isNegated = false
    const topBracket = () => open.at(-1) as Bracket
    while (this.at < this.text.length) {
      const sign = this.text[this.at] ?? ''
      if (sign === '+') topBracket().isAnd = topBracket().chains.length > 0
      else if (sign === '|') topBracket().isAnd = false
      if (/[\s+|]/.test(sign)) {
        this.at += 1
        isNegated = false
      } else if (sign === '-') {
        this.at += 1
        isNegated = true
      } else if (sign === '(') {
        if (this.closed.has(this.at) && open.length < MAX_DEPTH) open.push(newBracket(isNegated))
        this.at += 1
        isNegated = false
      } else if (sign === ')') {
        this.at += 1
        isNegated = false
        if (open.length > 1) {
          const { isNegated: negated } = topBracket()
          const inside = queryOf(open.pop() as Bracket)
          addPart(topBracket(), inside, negated)
        }
      } else {
        addPart(topBracket(), sign === '"' ? this.readPhrase() : this.readWord(), isNegated)
        isNegated = false
      }
    }
    // Brackets are opened only where they close, so this is the outermost.
    return queryOf(topBracket())
  }

  /** A phrase; a quote that nothing closes is skipped. */
  private readPhrase(): Query | null {
    let content = ''
    let at = this.at + 1
    for (; at < this.text.length && this.text[at] !== '"'; at += 1) {
      if (this.text[at] === '\\') at += 1
      content += this.text[at] ?? ''
    }
    if (at >= this.text.length) {
      this.at += 1
      return null
    }
    this.at = at + 1
    const slop = this.readNumber() ?? 0
    const found = searchWords(content)
    return found.length === 0 ? null : { kind: 'phrase', words: found, slop }
  }

  /** One run of signs: a word, several words where it is split, a prefix or a word with edits. */
  private readWord(): Query | null {
    let content = ''
    let isPrefix = false
    while (this.at < this.text.length) {
      const sign = this.text[this.at] ?? ''
      if (END_OF_WORD.test(sign)) break
      if (sign === '~' && content !== '') {
        const edits = this.readNumber()
        return orQuery(searchWords(content).map((word) => fuzzyQuery(word, edits ?? MAX_EDITS)))
      }
      if (sign === '\\') this.at += 1
      content += this.text[this.at] ?? ''
      isPrefix = sign === '*'
      this.at += 1
    }
    const found = searchWords(content)
    const last = found.length - 1
    return orQuery(found.map((word, index) => ({ kind: isPrefix && index === last ? 'prefix' : 'word', word })))
  }

  /** `~N` at this place: N, or null without a number; nothing is read where there is no `~`. */
  private readNumber(): number | null {
    const found = /^~(\d*)/.exec(this.text.slice(this.at, this.at + 12))
    if (found === null) return null
    this.at += found[0].length
    return found[1] === '' ? null : Number(found[1])
  }
}

function closedBrackets(text: string): ReadonlySet<number> {
  const open: number[] = []
  const closed = new Set<number>()
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') open.push(at)
    else if (text[at] === ')' && open.length > 0) closed.add(open.pop() as number)
  }
  return closed
}

function newBracket(isNegated: boolean): Bracket {
  return { chains: [], excluded: [], isAnd: false, isNegated }
}

function addPart(to: Bracket, part: Query | null, isNegated: boolean): void {
  if (part === null) return
  if (isNegated) to.excluded.push(part)
  else if (to.isAnd) to.chains.at(-1)?.push(part)
  else to.chains.push([part])
  to.isAnd = false
}

function queryOf({ chains, excluded }: Bracket): Query | null {
  const part = orQuery(chains.map((parts) => (parts.length === 1 ? parts[0] : { kind: 'and', parts })) as Query[])
  return excluded.length === 0 ? part : { kind: 'without', part, excluded }
}

function orQuery(parts: readonly Query[]): Query | null {
  const [first] = parts
  return parts.length > 1 ? { kind: 'or', parts } : (first ?? null)
}

function fuzzyQuery(word: string, edits: number): Query {
  return edits === 0 ? { kind: 'word', word } : { kind: 'fuzzy', word, edits: Math.min(edits, MAX_EDITS) }
}
