/** The words of a SQL expression. */
import { Fault, problem } from '../../problem.ts'

export const badSql = problem<{ sql: string; reason: string }>({
  code: 'model-sql-not-understood',
  severity: 'error',
  says: ({ sql, reason }) => `The SQL expression ${sql} cannot be translated: ${reason}.`,
  fix: () => 'Write it with other functions, or as DTL.',
})

/** A word and what kind of word it is; keywords and names are in lower case unless they were quoted. */
export interface SqlToken {
  readonly kind: 'name' | 'quoted' | 'text' | 'number' | 'operator' | 'end'
  readonly text: string
}

const tokenPattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(::|->>|->|#>>|#>|\|\||<=|>=|<>|!=|!~\*|!~|~\*|~|%s|[-+?*/%^=<>(),.[\]])/gy

/** Splits a SQL expression into words. A character that belongs to none is a problem. */
export function tokensOf(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < sql.length) {
    const at = tokenPattern.lastIndex
    const found = tokenPattern.exec(sql)
    if (found === null) throw new Fault(badSql({ sql, reason: `“${sql[at]}” is not expected` }))
    const [, text, quoted, number, word, operator] = found
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replaceAll('""', '"') })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word !== undefined) tokens.push({ kind: 'name', text: word.toLowerCase() })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}
