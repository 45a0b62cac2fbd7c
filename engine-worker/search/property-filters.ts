/**
 * Filters by property that stand in a query beside the documented signs, written with a leading `@`, so that the
 * documented syntax keeps its meaning: `@name` has the property, `@name:text` contains the text, `@name:text*` begins with
 * it, `@name=value`, `@name!=value`, `@name>value`, `@name>=value`, `@name<value`, `@name<=value`; each with a `-` in front
 * finds what it does not find. A value with blanks stands in quotes, in which `\` takes the next sign as text; so does a
 * text with a colon behind a colon, or the name of a property with a namespace where nothing is compared
 * (`@"crm:email"`). `@_updated>2026-11-01` compares the moment when the version was written; `@_updated=2026-11-01` is
 * that whole day. All filters have to hold, wherever they stand.
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
  /(?<=^|\s)(?<minus>-?)@(?:(?<compared>"[^"]+"|[\p{L}\p{N}_$.:-]*[\p{L}\p{N}_$.-])(?:(?<sign>!=|>=|<=|[=<>])(?<value>"(?:[^"\\]|\\.)*"|[^\s"=<>][^\s"]*)|:(?<text>"(?:[^"\\]|\\.)*"|[^\s":]+))|(?<named>"[^"]+"|[\p{L}\p{N}_$.-]+))(?=\s|$)/gsu

const comparisons: Readonly<Record<string, PropertyComparison>> = {
  '=': 'is',
  '!=': 'is-not',
  '>': 'greater',
  '>=': 'at-least',
  '<': 'less',
  '<=': 'at-most',
}

/**
 * Takes the filters out of a query. What is not a whole filter stays text.
 * @param isProperty whether there is a property; it decides which colon of `@crm:email:ada` is the sign
 */
export function splitQuery(query: string, isProperty: (name: string) => boolean = () => false): SplitQuery {
  const filters: PropertyFilter[] = []
  let text = ''
  let end = 0
  for (const found of query.matchAll(FILTER)) {
    const [whole] = found
    filters.push({ ...filterOf(found.groups ?? {}, isProperty), from: found.index, to: found.index + whole.length })
    text += query.slice(end, found.index)
    end = found.index + whole.length
  }
  return { text: (text + query.slice(end)).trim(), filters }
}

function filterOf(
  groups: Readonly<Record<string, string | undefined>>,
  isProperty: (name: string) => boolean,
): Omit<PropertyFilter, 'from' | 'to'> {
  const isNegated = groups.minus === '-'
  const { compared, text, named, sign, value } = asProperties(groups, isProperty)
  if (compared === undefined) {
    return { property: unquoted(named ?? ''), how: isNegated ? 'missing' : 'present', value: '', isNegated: false }
  }
  const property = unquoted(compared)
  if (sign !== undefined) return { property, how: comparisons[sign] ?? 'is', value: unquoted(value ?? ''), isNegated }
  const written = text ?? ''
  const begins = written.endsWith('*') && !written.startsWith('"')
  return begins
    ? { property, how: 'begins', value: written.slice(0, -1), isNegated }
    : { property, how: 'contains', value: unquoted(written), isNegated }
}

/** Has the colon behind the longest name that is a property be the sign, where nothing stands in quotes. */
function asProperties(
  groups: Readonly<Record<string, string | undefined>>,
  isProperty: (name: string) => boolean,
): Readonly<Record<string, string | undefined>> {
  const { compared, text } = groups
  if (compared === undefined || text === undefined || compared.startsWith('"') || text.startsWith('"')) return groups
  const whole = `${compared}:${text}`
  if (isProperty(whole)) return { named: whole }
  for (let colon = whole.lastIndexOf(':'); colon > 0; colon = whole.lastIndexOf(':', colon - 1)) {
    if (isProperty(whole.slice(0, colon))) return { compared: whole.slice(0, colon), text: whole.slice(colon + 1) }
  }
  return groups
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gsu, '$1') : text
}
