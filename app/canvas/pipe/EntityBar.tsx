import { Footprints, PanelBottomOpen } from 'lucide-react'
import { duration } from '../../i18n/i18n.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { usePreviewStore } from '../../pipe/preview-store.ts'
import { setPanels, useSession } from '../../store/session.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { EntityChoice } from './EntityChoice.tsx'

/** One line below the stages, while the data dock is closed: the entity that is followed, and the ways to see more of it. */
export function EntityBar() {
  const w = usePipeWords()
  const open = useSession((state) => state.dockOpen)
  const preview = usePreviewStore((live) => live.preview)
  const stale = usePreviewStore((live) => live.stale)
  if (open) return null
  const known = preview?.stages.some(({ entities }) => entities.length > 0) ?? false
  return (
    <section
      aria-label={w.pipe.bar.label}
      className="flex h-10 shrink-0 items-center gap-2 overflow-hidden border-t border-line bg-surface px-3"
    >
      {known ? <EntityChoice /> : <span className="truncate text-ink-soft">{w.pipe.noData.title}</span>}
      <span className={classes('ml-auto truncate text-tiny', stale ? 'text-warn' : 'text-ink-faint')}>
        {preview !== null && (stale ? w.pipe.stale : w.pipe.previewed(duration(preview.milliseconds)))}
      </span>
      <Button small icon={<PanelBottomOpen size={13} aria-hidden />} onClick={() => setPanels({ dockOpen: true })}>
        {w.pipe.bar.open}
      </Button>
      {known && (
        <Button
          small
          icon={<Footprints size={13} aria-hidden />}
          onClick={() => usePipeView.setState({ mode: 'walk' })}
        >
          {w.pipe.bar.walk}
        </Button>
      )}
    </section>
  )
}
