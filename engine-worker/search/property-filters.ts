/**
 * Filters by property that stand in a query beside the documented signs, written with a leading `@`, so that the
 * documented syntax keeps its meaning: `@name` has the property, `-@name` lacks it, `@name:text` contains the text,
 * `@name:text*` begins with it, `@name=value`, `@name!=value`, `@name>value`, `@name<value`. A value with blanks stands in
 * quotes, and so does a value with a colon or the name of a property with a namespace where nothing is compared
 * (`@"crm:email"`). `@_updated>2026-11-01` compares the moment when the version was written.
 */

/** How a filter compares. */
export type PropertyComparison = 'present' | 'missing' | 'contains' | 'begins' | 'is' | 'is-not' | 'greater' | 'less'

/** A filter in a query. */
export interface PropertyFilter {
  readonly property: string
  readonly how: PropertyComparison
  /** As the person writes it; '' where nothing is compared. */
  readonly value: string
  /** Where it stands in the query. */
  readonly from: number
  readonly to: number
}

/** A query without its filters, and those. */
interface SplitQuery {
  readonly text: string
  readonly filters: readonly PropertyFilter[]
}

const FILTER =
  /(?<=^|\s)(-?)@("[^"]+"|[\p{L}\p{N}_$.:-]*[\p{L}\p{N}_$.-])(?:(!=|>=|<=|[:=<>])("[^"]*"|[^\s"]*))?(?=\s|$)/gu

const comparisons: Readonly<Record<string, PropertyComparison>> = {
  ':': 'contains',
  '=': 'is',
  '!=': 'is-not',
  '>': 'greater',
  '<': 'less',
}

/** Takes the filters out of a query. What is not a whole filter stays text. */
export function splitQuery(query: string): SplitQuery {
  const filters: PropertyFilter[] = []
  const text = query.replace(
    FILTER,
    (whole, minus: string, property: string, sign: string | undefined, given = '', from: number) => {
      const how = sign === undefined ? 'present' : comparisons[sign]
      const bare = given.startsWith('"') ? given.slice(1, -1) : given
      if (how === undefined || (sign !== undefined && bare === '') || (minus !== '' && sign !== undefined)) return whole
      const begins = how === 'contains' && bare.endsWith('*') && !given.startsWith('"')
      filters.push({
        property,
        how: minus === '-' ? 'missing' : begins ? 'begins' : how,
        value: begins ? bare.slice(0, -1) : bare,
        from,
        to: from + whole.length,
      })
      return ' '
    },
  )
  return { text: text.trim(), filters }
}
