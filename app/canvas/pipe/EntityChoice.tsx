import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useWords } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { followable } from '../../pipe/outcome.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePreviewStore } from '../../pipe/preview-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Picker } from '../../ui/Picker.tsx'

/** The entity that is followed, with the way to another one. */
export function EntityChoice() {
  const w = useWords()
  const preview = usePreviewStore((live) => live.preview)
  const entity = usePipeView((state) => state.entity)
  const [finding, setFinding] = useState(false)
  const choices = useMemo(() => (preview ? followable(preview) : []), [preview])
  const ids = choices.map(({ id }) => id)
  const at = choices.findIndex(({ origin }) => origin === preview?.followed)
  // While there is no answer for the chosen entity, its name is shown, never another entity.
  const followed = ids[at] ?? entity ?? ''
  const mergedInto = entity !== null && at >= 0 && ids[at] !== entity ? ids[at] : undefined
  const follow = (way: -1 | 1) => {
    // Entities with the same `_id` count as one when a person steps through them.
    const others = way === 1 ? ids.slice(at + 1) : ids.slice(0, Math.max(0, at)).reverse()
    usePipeView.setState({ entity: others.find((each) => each !== followed) ?? null })
  }
  return (
    <>
      <IconButton label={w.pipe.previous} disabled={at === 0} onClick={() => follow(-1)}>
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <span className="relative min-w-0">
        <button
          type="button"
          title={w.pipe.findEntity}
          onClick={() => setFinding(true)}
          className="chip max-w-64 min-h-6 hover:border-accent"
        >
          <span className="truncate">{mergedInto === undefined ? followed : entity}</span>
        </button>
        {finding && (
          <Picker
            label={w.pipe.findEntity}
            placeholder={w.pipe.findEntity}
            rows={ids.map((each, place) => ({ id: `${place}`, label: each, says: '', value: each }))}
            onClose={() => setFinding(false)}
            onChoose={({ value }) => {
              setFinding(false)
              usePipeView.setState({ entity: value })
            }}
            onFree={(text) => {
              setFinding(false)
              usePipeView.setState({ entity: text })
            }}
          />
        )}
      </span>
      <IconButton label={w.pipe.next} disabled={at >= ids.length - 1} onClick={() => follow(1)}>
        <ChevronRight size={14} aria-hidden />
      </IconButton>
      <span className="shrink-0 text-tiny text-ink-faint">
        {at < 0 ? w.pipe.outcome.notInSource : `${count(at + 1)} / ${count(ids.length)}`}
        {mergedInto !== undefined && ` · ${w.pipe.outcome.merged(mergedInto)}`}
      </span>
    </>
  )
}
