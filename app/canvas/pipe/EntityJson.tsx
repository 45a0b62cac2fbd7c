import { useMemo } from 'react'
import { classes } from '../../ui/classes.ts'
import { useWords } from '../../words/words.ts'
import { dragProperty } from './drag.ts'

interface EntityJsonProps {
  /** The entity as transit text. */
  readonly text: string
  /** What it is compared with: properties that differ are tinted. */
  readonly other: string | null
  readonly tone: 'good' | 'bad'
  /** Properties can be dragged to where they should go. */
  readonly drags: boolean
}

const tones = { good: 'bg-good-soft', bad: 'bg-bad-soft' }

/** An entity property by property, typed by colour; nested values keep their shape. */
export function EntityJson({ text, other, tone, drags }: EntityJsonProps) {
  const w = useWords()
  const entries = useMemo(() => entriesOf(text), [text])
  const others = useMemo(() => new Map(other === null ? [] : entriesOf(other)), [other])
  return (
    <div className="mono">
      {'{'}
      {entries.map(([key, value], index) => {
        const differs = other !== null && others.get(key) !== value
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a shortcut; pickers do the same by keyboard
          <div
            key={key}
            draggable={drags}
            title={drags ? w.pipe.drag : undefined}
            onDragStart={drags ? (event) => dragProperty(event, `_S.${quoted(key)}`) : undefined}
            className={classes(
              'pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]',
              differs && tones[tone],
              drags && 'cursor-grab hover:bg-hover',
            )}
          >
            <span className="text-source">{JSON.stringify(key)}</span>
            {': '}
            <span>
              <Colored json={value} />
              {index < entries.length - 1 && ','}
            </span>
          </div>
        )
      })}
      {'}'}
    </div>
  )
}

/** JSON text with strings, numbers and words in their colours. */
function Colored({ json }: { readonly json: string }) {
  const pieces =
    json.length > 20_000
      ? [json]
      : json.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b)/)
  return pieces.map((piece, index) => (
    <span key={index} className={look(piece)}>
      {piece}
    </span>
  ))
}

function look(piece: string): string | undefined {
  if (/^"~/.test(piece)) return 'text-hops'
  if (piece.startsWith('"')) return piece.endsWith(':') ? 'text-source' : 'text-sink'
  if (/^-?\d/.test(piece)) return 'text-transform'
  return /^(true|false|null)$/.test(piece) ? 'text-ink-faint' : undefined
}

/** The properties of an entity with their values as text, numbers exactly as they are written. */
function entriesOf(text: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = []
  let at = text.indexOf('{') + 1
  for (;;) {
    const key = next(text, at)
    if (!key?.text.startsWith('"')) return found
    const value = next(text, text.indexOf(':', key.end) + 1)
    if (!value) return found
    found.push([String(JSON.parse(key.text)), indented(value.text)])
    at = text.indexOf(',', value.end) + 1
    const closing = text.indexOf('}', value.end)
    if (at === 0 || (closing >= 0 && closing < at)) return found
  }
}

/** The next JSON value from a place of a text: strings and brackets are matched, nothing is parsed. */
function next(text: string, from: number): { readonly text: string; readonly end: number } | null {
  let start = from
  while (/\s/.test(text[start] ?? 'x')) start++
  let depth = 0
  let at = start
  for (; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
      if (depth === 0) return { text: text.slice(start, at + 1), end: at + 1 }
    } else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) break
      depth--
      if (depth === 0) return { text: text.slice(start, at + 1), end: at + 1 }
    } else if (depth === 0 && (char === ',' || char === ':')) break
  }
  const scalar = text.slice(start, at).trim()
  return scalar === '' ? null : { text: scalar, end: at }
}

/** Nested values on several lines where one would be long. */
function indented(value: string): string {
  if (value.length <= 72 || !/^[[{]/.test(value)) return value
  let depth = 1
  const pad = () => `\n${'  '.repeat(depth)}`
  return value.replace(/"(?:[^"\\]|\\.)*"|[[\]{}]|,\s*/g, (piece) => {
    if (piece === '[' || piece === '{') {
      depth++
      return piece + pad()
    }
    if (piece === ']' || piece === '}') {
      depth--
      return pad() + piece
    }
    return piece.startsWith(',') ? `,${pad()}` : piece
  })
}

/** A property name as a segment of a path string. */
export function quoted(name: string): string {
  return /[.']/.test(name) || name === '' ? `'${name.replaceAll("'", "''")}'` : name
}
