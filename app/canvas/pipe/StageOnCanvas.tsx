import type { NodeProps } from '@xyflow/react'
import { Plus, Scissors } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import {
  copyStep,
  DEFAULT_TRANSFORM,
  isObject,
  type JsonObject,
  type KindDeclaration,
  rulesTransform,
  type SplitPoint,
} from '../../../engine-worker/index.ts'
import { droppedStage, isStage } from '../../pipe/drag.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { setAdding, useAdding } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import { Picker } from '../../ui/Picker.tsx'
import { addTransform, moveStage } from './actions.ts'
import { gapHeight, type StageNode } from './canvas-elements.ts'
import { useFolded } from './folded.ts'
import { useStageMeasure } from './measure.ts'
import { StageCard } from './StageCard.tsx'

/** A stage on the canvas, with what stands between it and the stage before; it tells its height whenever that changes. */
export function StageOnCanvas({ data }: NodeProps<StageNode>) {
  const { stage, number, before, transforms, cut } = data
  const measure = useStageMeasure()
  const room = useRef<HTMLDivElement>(null)
  const folded = useFolded(stage)
  useEffect(() => {
    const element = room.current
    if (!element) return
    const observer = new ResizeObserver(() => measure(stage.id, element))
    observer.observe(element)
    return () => observer.disconnect()
  }, [measure, stage.id])
  return (
    <div ref={room}>
      {number > 0 && <StageGap before={number - 1} cut={cut} />}
      <StageCard stage={stage} before={before} place={number - 1} of={transforms} folded={folded} />
    </div>
  )
}

/** Between two stages: a place to add one, and the mark where Sesam needs a new pipe. */
function StageGap({ before, cut }: { readonly before: number; readonly cut: SplitPoint | null }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const kinds = useCatalogue()?.kinds ?? noKinds
  const [over, setOver] = useState(false)
  const adding = useAdding(['stage', before])
  const rows = useMemo(
    () =>
      kinds
        .filter(({ role }) => role === 'transform')
        .map((kind) => ({ id: kind.type, label: kind.label, says: kind.says, aside: kind.type, value: kind }))
        .sort((a, b) =>
          a.id === DEFAULT_TRANSFORM ? -1 : b.id === DEFAULT_TRANSFORM ? 1 : a.label < b.label ? -1 : 1,
        ),
    [kinds],
  )
  const addOfKind = (kind: KindDeclaration) => {
    setAdding(null)
    const template: JsonObject =
      kind.type === DEFAULT_TRANSFORM
        ? rulesTransform({ default: [copyStep()] })
        : isObject(kind.template)
          ? kind.template
          : { type: kind.type }
    addTransform(id, before, template, w.pipe.steps.stage(kind.type))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a stage on; the keyboard moves stages, too
    <div
      data-joint={before}
      onDragOver={(event) => {
        if (readOnly || !isStage(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const from = droppedStage(event)
        if (from === null) return
        event.preventDefault()
        moveStage(id, from, before)
      }}
      style={{ height: gapHeight }}
      className={classes('relative flex items-center rounded-md', over && 'bg-accent-soft ring-2 ring-accent')}
    >
      {!readOnly && (
        <button
          type="button"
          aria-label={w.pipe.addStageHere}
          title={cut ? `${w.pipe.addStageHere} · ${w.engine.cut(cut)}` : w.pipe.addStageHere}
          onClick={() => setAdding(['stage', before])}
          className="z-10 ml-3 flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface text-ink-soft hover:border-accent hover:bg-accent hover:text-on-accent"
        >
          <Plus size={12} aria-hidden />
        </button>
      )}
      {cut && (
        <span className="ml-3 flex min-w-0 flex-1 items-center gap-2 text-tiny text-warn" title={w.engine.cut(cut)}>
          <Scissors size={12} aria-hidden className="shrink-0" />
          <span className="truncate">
            <b className="font-semibold">{w.pipe.cutHere}</b> {w.engine.cut(cut)}
          </span>
          <span aria-hidden className="min-w-4 flex-1 border-t-2 border-dotted border-warn" />
        </span>
      )}
      {adding && (
        <span className="absolute top-1 left-3 size-6">
          <Picker
            label={w.pipe.addStage}
            placeholder={w.pipe.addStagePlaceholder}
            rows={rows}
            onClose={() => setAdding(null)}
            onChoose={({ value }) => addOfKind(value)}
          />
        </span>
      )}
    </div>
  )
}

const noKinds: readonly KindDeclaration[] = []
