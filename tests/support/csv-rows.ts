/** CSV read one character after the other, as Python's csv module does it: slow, and plain enough to be right. */

/** The rows of a text; blanks between a closing quote and the end of its field are left out. */
export function plainCsvRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let behind: string | null = null
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  const endField = () => {
    row.push(behind !== null && behind.trim() !== '' ? field + behind : field)
    field = ''
    behind = null
    state = 'start'
  }
  const endRow = () => {
    endField()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (state === 'quoted') {
      if (char !== '"') field += char
      else if (text[at + 1] === '"') {
        field += '"'
        at++
      } else {
        state = 'closed'
        behind = ''
      }
    } else if (char === '"' && state === 'start') state = 'quoted'
    else if (char === delimiter) endField()
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++
      endRow()
    } else if (state === 'closed') behind += char
    else {
      field += char
      state = 'plain'
    }
  }
  if (row.length > 0 || state !== 'start') endRow()
  return rows
}
