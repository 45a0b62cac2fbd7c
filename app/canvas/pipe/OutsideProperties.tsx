import { type ReactNode, useEffect, useRef } from 'react'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { EntityJson } from './EntityJson.tsx'

interface SideProps {
  readonly title: string
  readonly texts: readonly string[]
  readonly other: readonly string[]
  readonly tone: 'good' | 'bad'
  /** Properties that differ, but are not what was meant. */
  readonly doubtful?: ReadonlySet<string>
  readonly drags?: boolean
  /** What can be done with it, at the end of its heading. */
  readonly actions?: ReactNode
  /** Tells why there is nothing of an entity here. */
  readonly note?: ReactNode
}

/** One side of the dock; it is scrolled to what differs from the other. */
export function OutsideProperties({ title, texts, other, tone, doubtful, drags = false, actions, note }: SideProps) {
  const w = usePipeWords()
  const room = useRef<HTMLDivElement>(null)
  const place = `${title}\n${texts[0] ?? ''}`
  useEffect(() => {
    const first = place === '' ? null : room.current?.querySelector<HTMLElement>('[data-differs]')
    if (room.current && first) room.current.scrollTop = first.offsetTop - room.current.offsetTop - 24
  }, [place])
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-2 px-3">
        <h2 className="eyebrow min-w-0 flex-1">
          {title} {texts.length > 1 && <span className="normal-case">· {w.pipe.allEntities(texts.length)}</span>}
        </h2>
        {actions}
      </div>
      <div
        ref={room}
        role="region"
        aria-label={title}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto px-3 py-1 -outline-offset-2"
      >
        {note}
        {texts.length === 0 && !note && <p className="text-ink-faint">{w.pipe.noEntity}</p>}
        {texts.slice(0, 50).map((text, index) => (
          <EntityJson
            key={index}
            text={text}
            other={texts.length === 1 && other.length === 1 ? (other[0] ?? null) : null}
            tone={tone}
            {...(doubtful ? { doubtful } : {})}
            drags={drags}
          />
        ))}
      </div>
    </div>
  )
}
