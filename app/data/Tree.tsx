import { ChevronDown, ChevronRight, Footprints } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Json } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { isStoreProperty } from './readable-values.ts'
import { ShownValue } from './ShownValue.tsx'
import { isPlainObject, shownText, shownType, typeColour } from './value.ts'

interface TreeProps {
  readonly value: Json
  readonly label: string
  /** Levels that are open at first. */
  readonly open?: number
  /** Leads to the step that made a property of the value itself. */
  readonly onMaker?: (property: string) => void
  /** Goes to the entity that a reference names. */
  readonly onFollow?: (id: string) => void
}

/** A value as a tree of properties; branches open and close. */
export function Tree({ value, label, open = 2, onMaker, onFollow }: TreeProps) {
  return (
    <ul aria-label={label} className="mono px-2 py-1">
      <Branches value={value} open={open} onMaker={onMaker} onFollow={onFollow} />
    </ul>
  )
}

const maxChildren = 200

interface BranchesProps {
  readonly value: Json
  readonly open: number
  readonly onMaker?: ((property: string) => void) | undefined
  readonly onFollow?: ((id: string) => void) | undefined
}

function Branches({ value, open, onMaker, onFollow }: BranchesProps) {
  const w = useWords()
  const [shown, setShown] = useState(maxChildren)
  const entries: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? value.map((item, index) => [String(index), item])
    : isPlainObject(value)
      ? Object.entries(value)
      : []
  return (
    <>
      {entries.slice(0, shown).map(([name, child]) => (
        <Node key={name} name={name} value={child} open={open} onMaker={onMaker} onFollow={onFollow} />
      ))}
      {entries.length > shown && (
        <li>
          <button type="button" className="link px-5" onClick={() => setShown(shown + 1000)}>
            {w.data.moreOf(entries.length - shown)}
          </button>
        </li>
      )}
    </>
  )
}

function Node({ name, value, open, onMaker, onFollow }: BranchesProps & { readonly name: string }) {
  const w = useWords()
  const [expanded, setExpanded] = useState(open > 0)
  const type = shownType(value)
  const size = Array.isArray(value) ? value.length : isPlainObject(value) ? Object.keys(value).length : 0
  const branch = size > 0
  return (
    <li className="group/maker relative">
      {onMaker && !name.startsWith('_') && (
        <button
          type="button"
          aria-label={w.walk.maker(name)}
          title={w.walk.maker(name)}
          onClick={() => onMaker(name)}
          className="absolute top-0 right-0 z-10 flex size-6 items-center justify-center rounded-sm bg-surface text-ink-faint opacity-0 group-hover/maker:opacity-100 hover:bg-hover hover:text-accent focus-visible:opacity-100"
        >
          <Footprints size={13} aria-hidden />
        </button>
      )}
      <Row branch={branch} expanded={expanded} onToggle={() => setExpanded(!expanded)}>
        <span className={name.startsWith('_') || name.startsWith('$') ? 'text-ink-faint' : 'text-source'}>{name}</span>
        <span className="text-ink-faint">: </span>
        {branch && !expanded && <span className="text-ink-faint">{type === 'list' ? `[${size}]` : `{${size}}`}</span>}
        {!branch && type === 'ni' && onFollow ? (
          <button type="button" className="link text-left break-all" onClick={() => onFollow(shownText(value))}>
            <LeafValue value={value} raw={false} />
          </button>
        ) : (
          !branch && <LeafValue value={value} raw={isStoreProperty(name)} />
        )}
      </Row>
      {branch && expanded && (
        <ul className="ml-[7px] border-l border-line pl-3">
          <Branches value={value} open={open - 1} onFollow={onFollow} />
        </ul>
      )}
    </li>
  )
}

interface RowProps {
  readonly branch: boolean
  readonly expanded: boolean
  readonly onToggle: () => void
  readonly children: ReactNode
}

function Row({ branch, expanded, onToggle, children }: RowProps) {
  if (!branch) return <div className="py-px pl-[18px] break-words">{children}</div>
  return (
    <button
      type="button"
      aria-expanded={expanded}
      onClick={onToggle}
      className="flex w-full items-start gap-1 rounded-sm py-px text-left hover:bg-hover"
    >
      <span className="flex h-[18px] shrink-0 items-center text-ink-faint">
        {expanded ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
      </span>
      <span className="min-w-0 break-words">{children}</span>
    </button>
  )
}

/** One plain value in the colour of its type, which stands behind it. What the store adds is shown as it stands. */
function LeafValue({ value, raw }: { readonly value: Json; readonly raw: boolean }) {
  const type = shownType(value)
  if (type === 'dict' || type === 'list')
    return <span className={typeColour[type]}>{type === 'dict' ? '{}' : '[]'}</span>
  if (raw) return <span className={typeColour[type]}>{shownText(value)}</span>
  if (value === '') return <span className={typeColour.string}>""</span>
  return <ShownValue value={value} typed className={type === 'string' ? 'whitespace-pre-wrap' : undefined} />
}
