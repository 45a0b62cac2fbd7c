import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Columns2, Pause, Pin, PinOff, SkipBack } from 'lucide-react'
import { usePipe } from '../../pipe/pipe.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { EntityStepper } from '../pipe/EntityStepper.tsx'
import { useWalkWords } from './walk-catalogue.ts'
import { pinEntity, useWalk } from './walk-state.ts'

interface WalkBarProps {
  readonly actions: Readonly<
    Record<'next' | 'back' | 'into' | 'out' | 'first' | 'breakpoint' | 'compare' | 'stop', () => void>
  >
  /** Entities of the source that can be chosen. */
  readonly ids: readonly string[]
  readonly entity: string
  readonly other: string | null
  readonly hasBreakpoint: boolean
  readonly stopped: boolean
  /** Which step one stands on, in words. */
  readonly where: string
  readonly stale: boolean
}

/** The ways through a walk, and whose walk it is. */
export function WalkBar({ actions, ids, entity, other, hasBreakpoint, stopped, where, stale }: WalkBarProps) {
  const w = useWalkWords()
  const { id } = usePipe()
  const pinned = useWalk((state) => state.pinned[id])
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
      <IconButton label={w.walk.first} onClick={actions.first}>
        <SkipBack size={14} aria-hidden />
      </IconButton>
      <Button icon={<ArrowLeft size={13} aria-hidden />} onClick={actions.back}>
        {w.walk.back}
      </Button>
      <Button look="main" icon={<ArrowRight size={13} aria-hidden />} onClick={actions.next}>
        {w.walk.next}
      </Button>
      <Button icon={<ArrowDown size={13} aria-hidden />} onClick={actions.into}>
        {w.walk.into}
      </Button>
      <Button icon={<ArrowUp size={13} aria-hidden />} onClick={actions.out}>
        {w.walk.out}
      </Button>
      <Button icon={<Pause size={13} aria-hidden />} disabled={!hasBreakpoint} onClick={actions.breakpoint}>
        {w.walk.toBreakpoint} <Keys of="G" />
      </Button>
      {stopped && <Button onClick={actions.stop}>{w.walk.toStop}</Button>}
      <span className="text-ink-soft">{stale ? w.pipe.stale : where}</span>
      <span className="ml-auto flex items-center gap-2">
        <Button
          icon={<Columns2 size={13} aria-hidden />}
          aria-pressed={other !== null}
          disabled={ids.length < 2 && other === null}
          onClick={actions.compare}
        >
          {other === null ? w.walk.compare : w.walk.alone}
        </Button>
        <Who label={w.walk.whose} ids={ids} id={entity} onChoose={(next) => usePipeView.setState({ entity: next })} />
        {other !== null && (
          <>
            <span className="text-ink-soft">{w.walk.with}</span>
            <Who label={w.walk.second} ids={ids} id={other} onChoose={(next) => useWalk.setState({ other: next })} />
          </>
        )}
        <IconButton
          label={pinned === entity ? w.walk.unpin : w.walk.pin}
          pressed={pinned === entity}
          onClick={() => pinEntity(id, pinned === entity ? null : entity)}
        >
          {pinned === entity ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
        </IconButton>
      </span>
    </div>
  )
}

interface WhoProps {
  readonly label: string
  readonly ids: readonly string[]
  readonly id: string
  readonly onChoose: (id: string) => void
}

/** One of the entities of the source, with the ways to the others; any other is found by its `_id`. */
function Who({ label, ids, id, onChoose }: WhoProps) {
  const at = ids.indexOf(id)
  const stepEntity = (way: -1 | 1) => {
    const next = ids[at + way]
    if (next !== undefined) onChoose(next)
  }
  return (
    <fieldset className="inline-flex items-center rounded-md border border-line bg-surface" aria-label={label}>
      <EntityStepper
        shown={id}
        ids={ids}
        hasPrevious={at > 0}
        hasNext={at < ids.length - 1}
        onStep={stepEntity}
        onChoose={onChoose}
        look="mono flex h-7 max-w-44 items-center px-1 hover:text-accent"
      />
    </fieldset>
  )
}
