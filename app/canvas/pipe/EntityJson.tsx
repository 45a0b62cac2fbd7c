import { useMemo } from 'react'
import { segmentText } from '../../../engine-worker/index.ts'
import { isStoreProperty } from '../../data/readable-values.ts'
import { ShownTransit } from '../../data/ShownValue.tsx'
import { dragProperty } from '../../pipe/drag.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useSettings } from '../../store/settings.ts'
import { classes } from '../../ui/classes.ts'
import { indentedJson, propertyTexts } from './entity-text.ts'

interface EntityJsonProps {
  /** The entity as transit text. */
  readonly text: string
  /** What it is compared with: properties that differ are tinted. */
  readonly other: string | null
  readonly tone: 'good' | 'bad'
  /** Properties that differ, but are not what was meant. */
  readonly doubtful?: ReadonlySet<string>
  /** Properties can be dragged to where they should go. */
  readonly drags: boolean
}

const toneClasses = { good: 'bg-good-soft', bad: 'bg-bad-soft', warn: 'bg-warn-soft' }

/** An entity property by property, typed by colour; nested values keep their shape. */
export function EntityJson({ text, other, tone, doubtful, drags }: EntityJsonProps) {
  const w = usePipeWords()
  const entries = useMemo(() => propertyTexts(text), [text])
  const others = useMemo(() => new Map(other === null ? [] : propertyTexts(other)), [other])
  return (
    <div className="mono">
      {'{'}
      {entries.map(([key, value], index) => {
        const differs = other !== null && others.get(key) !== value
        const shade = doubtful?.has(key) ? 'warn' : tone
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a shortcut; pickers do the same by keyboard
          <div
            key={key}
            draggable={drags}
            title={drags ? w.pipe.drag : undefined}
            onDragStart={drags ? (event) => dragProperty(event, `_S.${segmentText(key)}`) : undefined}
            data-differs={differs ? shade : undefined}
            className={classes(
              'pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]',
              differs && toneClasses[shade],
              drags && 'cursor-grab hover:bg-hover',
            )}
          >
            <span className="text-source">{JSON.stringify(key)}</span>
            {': '}
            <span>
              <HighlightedJson json={indentedJson(value)} name={key} />
              {index < entries.length - 1 && ','}
            </span>
          </div>
        )
      })}
      {'}'}
    </div>
  )
}

interface HighlightedJsonProps {
  readonly json: string
  /** The property whose value it is. */
  readonly name: string
}

/** JSON text with strings, numbers and words in their colours; values with a type as people write them. */
function HighlightedJson({ json, name }: HighlightedJsonProps) {
  const raw = useSettings(({ values }) => values === 'raw')
  const pieces =
    json.length > 20_000
      ? [json]
      : json.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b)/)
  let key = name
  return pieces.map((piece, index) => {
    if (/^".*":$/s.test(piece)) key = String(JSON.parse(piece.slice(0, -1)))
    if (!raw && pieces.length > 1 && /^(?:"~|-?\d)/.test(piece) && !isStoreProperty(key))
      return <ShownTransit key={index} text={piece} typed={pieces.length <= 3} />
    return (
      <span key={index} className={classOfPiece(piece)}>
        {piece}
      </span>
    )
  })
}

function classOfPiece(piece: string): string | undefined {
  if (/^"~/.test(piece)) return 'text-hops'
  if (piece.startsWith('"')) return piece.endsWith(':') ? 'text-source' : 'text-sink'
  if (/^-?\d/.test(piece)) return 'text-transform'
  return /^(true|false|null)$/.test(piece) ? 'text-ink-faint' : undefined
}
