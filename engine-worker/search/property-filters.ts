/**
 * Filters by property that stand in a query beside the documented signs, written with a leading `@`, so that the
 * documented syntax keeps its meaning: `@name` has the property, `@name:text` contains the text, `@name:text*` begins with
 * it, `@name=value`, `@name!=value`, `@name>value`, `@name>=value`, `@name<value`, `@name<=value`; each with a `-` in front
 * finds what it does not find. A value with blanks stands in quotes, and so does a text with a colon behind a colon, or the
 * name of a property with a namespace where nothing is compared (`@"crm:email"`). `@_updated>2026-11-01` compares the
 * moment when the version was written; `@_updated=2026-11-01` is that whole day. All filters have to hold, wherever they
 * stand.
 */

/** How a filter compares. */
type PropertyComparison =
  | 'present'
  | 'missing'
  | 'contains'
  | 'begins'
  | 'is'
  | 'is-not'
  | 'greater'
  | 'at-least'
  | 'less'
  | 'at-most'

/** A filter in a query. */
export interface PropertyFilter {
  readonly property: string
  readonly how: PropertyComparison
  /** As the person writes it; '' where nothing is compared. */
  readonly value: string
  /** Whether it finds what does not compare so. */
  readonly isNegated: boolean
  /** Where it stands in the query. */
  readonly from: number
  readonly to: number
}

/** A query without its filters, and those. */
interface SplitQuery {
  readonly text: string
  readonly filters: readonly PropertyFilter[]
}

/** With a comparison the last colon in front of the value is the sign; without one a name has no colon. */
const FILTER =
  /(?<=^|\s)(?<minus>-?)@(?:(?<compared>"[^"]+"|[\p{L}\p{N}_$.:-]*[\p{L}\p{N}_$.-])(?:(?<sign>!=|>=|<=|[=<>])(?<value>"[^"]*"|[^\s"=<>][^\s"]*)|:(?<text>"[^"]*"|[^\s":]+))|(?<named>"[^"]+"|[\p{L}\p{N}_$.-]+))(?=\s|$)/gu

const comparisons: Readonly<Record<string, PropertyComparison>> = {
  '=': 'is',
  '!=': 'is-not',
  '>': 'greater',
  '>=': 'at-least',
  '<': 'less',
  '<=': 'at-most',
}

/** Takes the filters out of a query. What is not a whole filter stays text. */
export function splitQuery(query: string): SplitQuery {
  const filters: PropertyFilter[] = []
  let text = ''
  let end = 0
  for (const found of query.matchAll(FILTER)) {
    const { minus, compared, sign, value, text: part, named = '' } = found.groups ?? {}
    const [whole] = found
    const isNegated = minus === '-'
    const how = sign === undefined ? 'contains' : (comparisons[sign] ?? 'is')
    const written = value ?? part
    const begins = how === 'contains' && written?.endsWith('*') === true && !written.startsWith('"')
    const isPresence = compared === undefined || written === undefined
    filters.push({
      property: unquoted(compared ?? named),
      how: isPresence ? (isNegated ? 'missing' : 'present') : begins ? 'begins' : how,
      value: isPresence ? '' : begins ? written.slice(0, -1) : unquoted(written),
      isNegated: isNegated && !isPresence,
      from: found.index,
      to: found.index + whole.length,
    })
    text += query.slice(end, found.index)
    end = found.index + whole.length
  }
  return { text: (text + query.slice(end)).trim(), filters }
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1) : text
}
