import { useMemo } from 'react'
import { count } from '../../i18n/numbers.ts'
import { followable } from '../../pipe/outcome.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { usePreviewStore } from '../../pipe/preview-store.ts'
import { EntityStepper } from './EntityStepper.tsx'

/** The entity that is followed, with the way to another one. */
export function EntityChoice() {
  const w = usePipeWords()
  const preview = usePreviewStore((live) => live.preview)
  const entity = usePipeView((state) => state.entity)
  const choices = useMemo(() => (preview ? followable(preview) : []), [preview])
  const ids = choices.map(({ id }) => id)
  const at = choices.findIndex(({ origin }) => origin === preview?.followed)
  // While there is no answer for the chosen entity, its name is shown, never another entity.
  const followed = ids[at] ?? entity ?? ''
  const mergedInto = entity !== null && at >= 0 && ids[at] !== entity ? ids[at] : undefined
  const stepEntity = (way: -1 | 1) => {
    // Entities with the same `_id` count as one when a person steps through them.
    const others = way === 1 ? ids.slice(at + 1) : ids.slice(0, Math.max(0, at)).reverse()
    usePipeView.setState({ entity: others.find((each) => each !== followed) ?? null })
  }
  return (
    <>
      <EntityStepper
        shown={mergedInto === undefined ? followed : (entity ?? '')}
        ids={ids}
        hasPrevious={at !== 0}
        hasNext={at < ids.length - 1}
        onStep={stepEntity}
        onChoose={(id) => usePipeView.setState({ entity: id })}
        look="chip max-w-64 min-h-6 hover:border-accent"
      />
      <span className="shrink-0 text-tiny text-ink-faint">
        {at < 0 ? w.pipe.outcome.notInSource : `${count(at + 1)} / ${count(ids.length)}`}
        {mergedInto !== undefined && ` · ${w.pipe.outcome.merged(mergedInto)}`}
      </span>
    </>
  )
}
