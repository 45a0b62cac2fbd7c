/**
 * SQL expressions as DTL. SQL's logic has three values; a condition here is true exactly where SQL's is true, and its
 * opposite exactly where SQL's is false.
 */
import type { Json } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { call, conjunction, disjunction, textData } from '../calls.ts'
import { sqlAggregates, sqlCasts, sqlFunction } from './functions.ts'
import { badSql } from './lex.ts'
import { parseSql } from './parse.ts'
import { PatternRefused, patternReplaced, patternTest } from './pattern.ts'
import type { Sql, SqlOrder, SqlSelect } from './tree.ts'

/** What names in a SQL expression mean. */
export interface SqlScope {
  /** The value of a column, or undefined where it is not known. */
  readonly column: (name: string, table: string | null) => Json | undefined
  /** What stands for `%s`. */
  readonly parameter?: Json
  /** The records that aggregates go over, and a column of one of them, which is `_.`. */
  readonly records?: { readonly list: Json; readonly column: (name: string) => Json }
  /** The values of the records of another concept that meet conditions between a column of theirs and a value. */
  readonly others?: (select: OtherRecords) => Json | undefined
}

/** A subselect, split up: joined columns and what else must hold, over `_.`. */
interface OtherRecords {
  readonly table: string
  readonly joins: readonly { readonly column: string; readonly value: Json }[]
}

/** Translates a SQL expression; what cannot be said is thrown as a Fault. */
export function sqlToDtl(sql: string, scope: SqlScope): Json {
  return new Translator(sql, scope).value(parseSql(sql))
}

/** Translates a SQL condition: true exactly where SQL's is true. */
export function sqlToCondition(sql: string, scope: SqlScope): Json {
  return new Translator(sql, scope).holds(parseSql(sql), true)
}

const comparisons = {
  '=': [call.eq, call.neq],
  '<>': [call.neq, call.eq],
  '<': [call.lt, call.gte],
  '<=': [call.lte, call.gt],
  '>': [call.gt, call.lte],
  '>=': [call.gte, call.lt],
} as const
const isComparison = (name: string): name is keyof typeof comparisons => Object.hasOwn(comparisons, name)
/** The operators of patterns: whether letters of both cases are the same, and whether a match is wanted. */
const patternOperators: Readonly<Record<string, { readonly anyCase: boolean; readonly wanted: boolean }>> = {
  '~': { anyCase: false, wanted: true },
  '~*': { anyCase: true, wanted: true },
  '!~': { anyCase: false, wanted: false },
  '!~*': { anyCase: true, wanted: false },
}
const conditionNames = new Set([
  'and',
  'or',
  'not',
  'in',
  'in list',
  'like',
  'ilike',
  'is null',
  'is true',
  'is false',
  'same',
  'exists',
  ...Object.keys(patternOperators),
])

const countCall: Sql = { is: 'call', name: 'count', args: [{ is: 'value', value: 1 }], with: {} }

class Translator {
  constructor(
    private readonly sql: string,
    private readonly scope: SqlScope,
  ) {}

  private fail(reason: string): never {
    throw new Fault(badSql({ sql: this.sql.trim(), reason }))
  }

  /** A condition, or with `positive` false the opposite. */
  holds(sql: Sql, positive: boolean): Json {
    if (sql.is === 'value' && typeof sql.value === 'boolean') return sql.value === positive
    if (sql.is !== 'call' || !(conditionNames.has(sql.name) || isComparison(sql.name)))
      return call.eq(this.value(sql), positive)
    const { name, args } = sql
    const [first, second] = args
    if (name === 'and' || name === 'or') {
      const parts = args.map((each) => this.holds(each, positive))
      return (name === 'and') === positive ? conjunction(...parts) : disjunction(...parts)
    }
    if (first === undefined) return this.fail(`${name} needs a value`)
    if (name === 'not') return this.holds(first, !positive)
    if (name === 'is null') return positive ? call.isNull(this.value(first)) : call.isNotNull(this.value(first))
    if (name === 'is true' || name === 'is false') {
      const test = this.holds(first, name === 'is true')
      return positive ? test : call.not(test)
    }
    if (name === 'in') {
      const values = args.slice(1).map((each) => this.value(each))
      const value = this.value(first)
      const inside = call.in(value, call.list(...values))
      return positive ? inside : conjunction(call.isNotNull(value), call.not(inside))
    }
    if (name === 'exists') {
      if (first.is !== 'select') return this.fail('EXISTS needs a subselect')
      const countOfRows = this.select({ ...first.select, value: countCall })
      return positive ? call.gt(countOfRows, 0) : call.eq(countOfRows, 0)
    }
    if (second === undefined) return this.fail(`${name} needs two values`)
    const [left, right] = [this.value(first), this.value(second)]
    if (name === 'same') return positive ? call.eq(left, right) : call.neq(left, right)
    const known = [first, second].flatMap((each, index) =>
      each.is === 'value' && each.value !== null ? [] : [call.isNotNull(index === 0 ? left : right)],
    )
    if (name === 'in list') {
      const inside = call.in(left, right)
      return positive ? inside : conjunction(call.isNotNull(left), call.isNotNull(right), call.not(inside))
    }
    const pattern = Object.hasOwn(patternOperators, name) ? patternOperators[name] : undefined
    if (pattern !== undefined) {
      if (second.is !== 'value' || typeof second.value !== 'string') return this.fail(`${name} needs a text`)
      const test = this.withPattern(() => patternTest(String(second.value), left, pattern.anyCase))
      return pattern.wanted === positive ? test : conjunction(...known, call.not(test))
    }
    if (name === 'like' || name === 'ilike') {
      if (second.is !== 'value' || typeof second.value !== 'string') return this.fail('LIKE needs a text')
      const pattern = second.value.replaceAll('%', '*').replaceAll('_', '?')
      const test = name === 'like' ? call.matches(pattern, left) : call.matches(pattern.toLowerCase(), call.lower(left))
      return positive ? test : conjunction(...known, call.not(test))
    }
    if (!isComparison(name)) return this.fail(`${name} is not known`)
    const compare = comparisons[name][positive ? 0 : 1](left, right)
    // An equality with a value that is given is false for null anyway.
    const needless = known.length === 1 && compare[0] === call.eq()[0]
    return needless ? compare : conjunction(...known, compare)
  }

  /** A value. */
  value(sql: Sql): Json {
    switch (sql.is) {
      case 'value':
        return typeof sql.value === 'string' ? textData(sql.value) : sql.value
      case 'column':
        return this.scope.column(sql.name, sql.table) ?? this.fail(`there is no ${sql.name}`)
      case 'parameter':
        return this.scope.parameter ?? this.fail('%s has no meaning here')
      case 'cast':
        return this.cast(sql.value, sql.to)
      case 'choice': {
        const cases = sql.cases.flatMap(([when, then]) => [
          sql.of === null
            ? this.holds(when, true)
            : this.holds({ is: 'call', name: '=', args: [sql.of, when], with: {} }, true),
          this.value(then),
        ])
        return call.case(...cases, this.value(sql.else))
      }
      case 'select':
        return this.select(sql.select)
      default:
        return this.translateCall(sql)
    }
  }

  private cast(value: Sql, to: string): Json {
    const cast = sqlCasts.find(({ types }) => types.test(to))
    return cast === undefined ? this.fail(`the type ${to} is not known`) : cast.dtl(this.value(value))
  }

  private translateCall(sql: Sql & { is: 'call' }): Json {
    const { name, args } = sql
    if (conditionNames.has(name) || isComparison(name)) {
      if (name === 'is null' || name === 'is true' || name === 'is false' || name === 'same')
        return this.holds(sql, true)
      return call.case(this.holds(sql, true), true, this.holds(sql, false), false, null)
    }
    if (name === 'regexp_replace') return this.translateReplace(args)
    const aggregate = Object.hasOwn(sqlAggregates, name) ? sqlAggregates[name] : undefined
    if (aggregate !== undefined) return this.translateAggregate(sql, aggregate)
    const declared = sqlFunction(name)
    if (declared === undefined) return this.fail(`the function ${name} is not known`)
    if (args.length < declared.least || args.length > declared.most)
      return this.fail(`${name} does not take ${args.length} values`)
    return declared.dtl(...args.map((each) => this.value(each)))
  }

  private translateReplace(args: readonly Sql[]): Json {
    const [text, ...rest] = args
    const [pattern, by, flags = ''] = rest.map((each) => (each.is === 'value' ? String(each.value) : undefined))
    if (text === undefined || pattern === undefined || by === undefined || args.length > 4)
      return this.fail('regexp_replace takes a value, a pattern, a text and flags')
    const value = this.value(text)
    return call.if(
      call.isNotNull(value),
      this.withPattern(() => patternReplaced(pattern, call.string(value), by, flags)),
    )
  }

  private withPattern(translate: () => Json): Json {
    try {
      return translate()
    } catch (error) {
      if (!(error instanceof PatternRefused)) throw error
      return this.fail(`its pattern cannot be said in DTL, since ${error.message}`)
    }
  }

  private translateAggregate(sql: Sql & { is: 'call' }, aggregate: (values: Json, separator: Json) => Json): Json {
    const { records } = this.scope
    if (records === undefined) return this.fail(`${sql.name} goes over many records, and here is one`)
    const inside = new Translator(this.sql, { ...this.scope, column: (name) => records.column(name) })
    const [value, separator] = sql.args
    let list = records.list
    if (sql.with.filter !== undefined) list = call.filter(inside.holds(sql.with.filter, true), list)
    if (sql.with.order !== undefined) list = inside.sortedList(list, sql.with.order)
    let values: Json =
      value === undefined ? list : call.filter(call.isNotNull('_.'), call.map(inside.value(value), list))
    if (sql.with.distinct === true) values = call.distinct(values)
    return aggregate(values, separator === undefined ? ', ' : this.value(separator))
  }

  private sortedList(list: Json, order: readonly SqlOrder[]): Json {
    // The last key is sorted by first, since sorting keeps the order of equals.
    return order.reduceRight<Json>((sorted, { by, descending }) => {
      return descending ? call.sortedDescending(this.value(by), sorted) : call.sorted(this.value(by), sorted)
    }, list)
  }

  private select({ value, table, alias, where, order }: SqlSelect): Json {
    const { others } = this.scope
    const columnPath = (name: string): Json => `_.${name}`
    const ownColumn = (sql: Sql): string | null =>
      sql.is === 'column' && (sql.table === alias || sql.table === table) ? sql.name : null
    const joins: { column: string; value: Json }[] = []
    const otherConditions: Sql[] = []
    for (const each of where === null ? [] : conjuncts(where)) {
      const [left, right] = each.is === 'call' && each.name === '=' ? each.args : []
      const column = left && ownColumn(left) === null ? right && ownColumn(right) : left && ownColumn(left)
      const other = left && ownColumn(left) === null ? left : right
      if (column && other && ownColumn(other) === null && other.is === 'column')
        joins.push({ column, value: this.value(other) })
      else otherConditions.push(each)
    }
    const found = others?.({ table, joins })
    if (found === undefined) return this.fail('a subselect has no meaning here')
    const scope: SqlScope = { ...this.scope, column: columnPath, records: { list: found, column: columnPath } }
    const filtered = otherConditions.reduce<Json>(
      (list, each) => call.filter(new Translator(this.sql, scope).holds(each, true), list),
      found,
    )
    const inside = new Translator(this.sql, { ...scope, records: { list: filtered, column: columnPath } })
    if (value.is === 'call' && Object.hasOwn(sqlAggregates, value.name)) return inside.value(value)
    return call.first(call.map(inside.value(value), inside.sortedList(filtered, order)))
  }
}

function conjuncts(sql: Sql): Sql[] {
  return sql.is === 'call' && sql.name === 'and' ? sql.args.flatMap(conjuncts) : [sql]
}
