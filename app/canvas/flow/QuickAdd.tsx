import { Search } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { KindDeclaration } from '../../../engine-worker/protocol.ts'
import { useEngine } from '../../store/engine.ts'
import { classes } from '../../ui/classes.ts'
import { useWords } from '../../words/words.ts'

/** What can be added: every declared source starts a pipe, every declared system is a component of its own. */
export interface Offer {
  readonly id: string
  readonly label: string
  readonly says: string
  readonly kind: KindDeclaration
}

interface QuickAddProps {
  /** Which roles are offered. */
  readonly roles?: readonly KindDeclaration['role'][]
  readonly onChoose: (offer: Offer) => void
  readonly onClose: () => void
}

/** Search, arrows, Enter: a new node without leaving the keyboard. Rows can be dragged onto the canvas, too. */
export function QuickAdd({ roles = ['source', 'system'], onChoose, onClose }: QuickAddProps) {
  const w = useWords()
  const kinds = useEngine((state) => state.catalogue?.kinds)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const offers = useMemo(() => offersOf(kinds ?? [], roles), [kinds, roles])
  const found = useMemo(() => matching(offers, text), [offers, text])

  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))
      setAt(next)
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      const offer = found[at]
      if (offer) onChoose(offer)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    }
  }

  return (
    <div className="flex w-80 animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-high">
      <label className="flex items-center gap-2 border-b border-line px-3 py-2">
        <Search size={14} aria-hidden className="text-ink-faint" />
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens on request, to be typed into
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="quick-add-list"
          aria-activedescendant={found[at] ? `quick-add-${at}` : undefined}
          aria-label={w.flow.addPlaceholder}
          placeholder={w.flow.addPlaceholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={key}
          className="w-full bg-transparent outline-none"
        />
      </label>
      <div
        id="quick-add-list"
        role="listbox"
        aria-label={w.flow.addTitle}
        ref={list}
        className="max-h-80 overflow-auto p-1"
      >
        {found.map((offer, index) => (
          <div
            key={offer.id}
            id={`quick-add-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.setData(dragType, offer.id)
              event.dataTransfer.effectAllowed = 'copy'
            }}
            onMouseMove={() => setAt(index)}
            onClick={() => onChoose(offer)}
            onKeyDown={key}
            className={classes('cursor-grab rounded-md px-2 py-1.5', index === at && 'bg-accent-soft')}
          >
            <div className="flex items-baseline gap-2">
              <span className="font-semibold">{offer.label}</span>
              <span className="mono text-tiny text-ink-faint">{offer.kind.type}</span>
            </div>
            <div className="line-clamp-2 text-tiny text-ink-soft">{offer.says}</div>
          </div>
        ))}
        {found.length === 0 && <p className="px-2 py-3 text-ink-soft">{w.flow.addNothing(text)}</p>}
      </div>
    </div>
  )
}

/** The type of dragged palette rows. */
export const dragType = 'application/x-pipewright-kind'

/** What the declarations offer for the roles, common ones first. */
export function offersOf(
  kinds: readonly KindDeclaration[],
  roles: readonly KindDeclaration['role'][],
): readonly Offer[] {
  return kinds
    .filter((kind) => roles.includes(kind.role))
    .map((kind) => ({ id: `${kind.role} ${kind.type}`, label: kind.label, says: kind.says, kind }))
    .sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label))
}

const common = ['dataset', 'merge', 'csv', 'json', 'embedded', 'http_endpoint', 'rest', 'sql', 'union_datasets']

function rank({ kind }: Offer): number {
  const place = kind.role === 'source' ? common.indexOf(kind.type) : -1
  return place >= 0 ? place : kind.role === 'source' ? 50 : 100
}

/** Offers whose name, type or words hold all the words typed; names first. */
export function matching(offers: readonly Offer[], text: string): readonly Offer[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return offers
  const score = (offer: Offer): number => {
    const name = `${offer.label} ${offer.kind.type}`.toLowerCase()
    if (wanted.every((word) => name.includes(word))) return name.startsWith(wanted[0] ?? '') ? 0 : 1
    const all = `${name} ${offer.kind.role} ${offer.says.toLowerCase()}`
    return wanted.every((word) => all.includes(word)) ? 2 : 9
  }
  return offers
    .map((offer) => [score(offer), offer] as const)
    .filter(([points]) => points < 9)
    .sort(([a], [b]) => a - b)
    .map(([, offer]) => offer)
}
