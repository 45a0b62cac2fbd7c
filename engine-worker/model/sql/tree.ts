/** SQL expressions as trees. */

/** A SQL expression. */
export type Sql =
  | { readonly is: 'value'; readonly value: string | number | boolean | null }
  | { readonly is: 'column'; readonly table: string | null; readonly name: string }
  | { readonly is: 'parameter' }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Sql[]; readonly with: CallOptions }
  | { readonly is: 'cast'; readonly to: string; readonly value: Sql }
  | {
      readonly is: 'choice'
      readonly of: Sql | null
      readonly cases: readonly (readonly [Sql, Sql])[]
      readonly else: Sql
    }
  | { readonly is: 'select'; readonly select: SqlSelect }

interface CallOptions {
  readonly distinct?: boolean
  readonly order?: readonly SqlOrder[]
  readonly filter?: Sql
}
/** One key of ORDER BY. */
export interface SqlOrder {
  readonly by: Sql
  readonly descending: boolean
}
/** A subselect of one value from one table. */
export interface SqlSelect {
  readonly value: Sql
  readonly table: string
  readonly alias: string
  readonly where: Sql | null
  readonly order: readonly SqlOrder[]
}

/** A select with all its columns, before it is known which one is wanted. */
export interface SelectParts extends Omit<SqlSelect, 'value'> {
  readonly columns: readonly { readonly name: string; readonly value: Sql }[]
}

/** An array literal as a list: `'{a,b}'`. */
export function listOfLiteral(sql: Sql): Sql {
  const text = sql.is === 'cast' ? sql.value : sql
  if (text.is !== 'value' || typeof text.value !== 'string') return sql
  const items = text.value.replace(/^\{|\}$/g, '').split(',')
  return { is: 'call', name: 'array', args: items.map((value) => ({ is: 'value', value: value.trim() })), with: {} }
}

/** An expression with the columns of a named select in the terms of that select. */
export function withColumnsOf(sql: Sql, tables: ReadonlySet<string>, columns: SelectParts['columns']): Sql {
  const withOwnColumns = (each: Sql): Sql => withColumnsOf(each, tables, columns)
  switch (sql.is) {
    case 'column':
      if (sql.table !== null && !tables.has(sql.table)) return sql
      return columns.find(({ name }) => name === sql.name)?.value ?? sql
    case 'call':
      return {
        ...sql,
        args: sql.args.map(withOwnColumns),
        with: {
          ...sql.with,
          ...(sql.with.filter ? { filter: withOwnColumns(sql.with.filter) } : {}),
          ...(sql.with.order
            ? { order: sql.with.order.map(({ by, descending }) => ({ by: withOwnColumns(by), descending })) }
            : {}),
        },
      }
    case 'cast':
      return { ...sql, value: withOwnColumns(sql.value) }
    case 'choice':
      return {
        ...sql,
        of: sql.of && withOwnColumns(sql.of),
        cases: sql.cases.map(([when, then]) => [withOwnColumns(when), withOwnColumns(then)] as const),
        else: withOwnColumns(sql.else),
      }
    default:
      return sql
  }
}
