import { ChevronDown, Pencil, PinOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { isWithin, type JsonPath, type Problem } from '../../../engine-worker/index.ts'
import { duration } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { followable, outcomeAt } from '../../pipe/outcome.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { doubtfulProperties, stageData, tracePath, usePreviewStore } from '../../pipe/preview-store.ts'
import { stagesOf } from '../../pipe/stages.ts'
import { stepAt } from '../../pipe/step-place.ts'
import { go } from '../../route.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { setPins, usePins } from '../../store/project/pins.ts'
import { useProject } from '../../store/project/project.ts'
import { runPipes } from '../../store/project/runs.ts'
import { setPanels } from '../../store/session.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { EntityChoice } from './EntityChoice.tsx'
import { OutcomeNote } from './OutcomeNote.tsx'
import { OutsideProperties } from './OutsideProperties.tsx'
import { PinDialog } from './PinDialog.tsx'
import { SchemaSide } from './SchemaSide.tsx'
import { SupplyDialog } from './SupplyDialog.tsx'
import { WhatChanges } from './WhatChanges.tsx'

/** The data of the chosen place: the followed entity before and after it, with what changed tinted. */
export function PipeDock() {
  const w = usePipeWords()
  const { id, value, readOnly } = usePipe()
  const live = usePreviewStore()
  const { selected, entity } = usePipeView()
  const [supplying, setSupplying] = useState(false)
  const [pinning, setPinning] = useState(false)
  const [shows, setShows] = useState<'entity' | 'schema'>('entity')
  const pins = usePins((state) => state[id])
  const functions = useFunctionTable()
  const stages = useMemo(() => stagesOf(value), [value])
  const { preview } = live
  const choices = useMemo(() => (preview ? followable(preview) : []), [preview])
  const ids = choices.map(({ id: each }) => each)
  const at = choices.findIndex(({ origin }) => origin === preview?.followed)
  // While there is no answer for the chosen entity, its name is shown, never another entity.
  const followed = ids[at] ?? entity ?? ''
  const reads = useEngine((state) => state.facts.find(({ pipe }) => pipe === id)?.reads) ?? []

  const lastRun = useEngine((state) => (Object.hasOwn(state.last, id) ? state.last[id] : undefined))

  const stage =
    stages.find(({ path }) => selected !== null && isWithin(selected, path)) ??
    stages.findLast(({ id: each }) => stageData(live, each)) ??
    stages.at(-1)
  const index = stage ? stages.indexOf(stage) : 0
  const previous = stages[Math.max(0, index - 1)]
  const step = useMemo(
    () => (selected === null ? null : stepAt(value, selected, functions)),
    [value, selected, functions],
  )
  const doubtful = useMemo(
    () => doubtfulProperties(live.trace, value, step ?? (selected === null ? null : (stage?.path ?? null))),
    [live.trace, value, step, selected, stage],
  )
  const inStep = step === null ? undefined : live.trace.get(tracePath(step))
  const beforeStep = step === null ? undefined : previousTarget(live.trace, step)

  if (!preview || ids.length === 0) {
    const trouble = preview?.problems[0] ?? lastRun?.problems[0]
    const problemText = (problem: Problem) => [w.engine.message(problem), w.engine.fix(problem)].join(' ').trim()
    const why = preview?.notRunnable
      ? problemText(preview.notRunnable)
      : (live.failure ?? (trouble ? problemText(trouble) : w.pipe.noData.says))
    return (
      <>
        <Empty
          title={w.pipe.noData.title}
          action={
            readOnly ? undefined : (
              <>
                {reads.length > 0 && (
                  <Button look="main" onClick={() => void runPipes({ pipes: producers(reads) })}>
                    {w.pipe.noData.run}
                  </Button>
                )}
                <Button onClick={() => setSupplying(true)}>{w.pipe.noData.supply}</Button>
              </>
            )
          }
        >
          {why}
        </Empty>
        {supplying && <SupplyDialog pipe={id} onClose={() => setSupplying(false)} />}
      </>
    )
  }

  // For the whole pipe: its input beside its output.
  const whole = selected === null
  const inBefore = outcomeAt(preview, whole ? 'source' : (previous?.id ?? 'source'))
  const inAfter = outcomeAt(preview, stage?.id ?? 'sink')
  const before =
    inStep?.target === undefined ? inBefore.entities : [beforeStep ?? `{"_id": ${JSON.stringify(followed)}}`]
  const after = inStep?.target === undefined ? inAfter.entities : inStep.stopped ? [] : [inStep.target]
  // A source has no input, and the input of a sink is the output of the last transform.
  const isEnd = !whole && stage !== undefined && stage.role !== 'transform'
  // Only the input of a stage can be edited, not a target that is half built.
  const into =
    inStep?.target !== undefined
      ? null
      : isEnd && stage.role === 'source'
        ? 'source'
        : whole
          ? 'source'
          : (previous?.id ?? null)
  const pinned = into === null ? 0 : (pins?.[into]?.length ?? 0)
  const pinActions = into !== null && !readOnly && (
    <span className="flex shrink-0 items-center gap-2">
      {pinned > 0 && (
        <Button small look="quiet" icon={<PinOff size={12} aria-hidden />} onClick={() => void setPins(id, into, [])}>
          {w.pipe.pins.unpin(count(pinned))}
        </Button>
      )}
      <Button small look="quiet" icon={<Pencil size={12} aria-hidden />} onClick={() => setPinning(true)}>
        {w.pipe.pins.edit}
      </Button>
    </span>
  )
  const titleBefore = whole
    ? w.pipe.fromSource
    : stage && step === null
      ? w.pipe.beforeStage(stage.type)
      : w.pipe.before
  const titleAfter =
    whole || (isEnd && stage.role !== 'source')
      ? w.pipe.toSink
      : isEnd
        ? w.pipe.fromSource
        : stage && step === null
          ? w.pipe.afterStage(stage.type)
          : w.pipe.after
  const entitiesOfStage = (name: string | undefined) =>
    name === undefined ? [] : (stageData(live, name)?.entities ?? [])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        <Segments
          label={w.pipe.shows.label}
          options={[
            { id: 'entity', label: w.pipe.shows.entity },
            { id: 'schema', label: w.pipe.shows.schema },
          ]}
          value={shows}
          onChange={setShows}
        />
        <EntityChoice />
        <span className={classes('ml-auto text-tiny', live.stale ? 'text-warn' : 'text-ink-faint')}>
          {live.stale ? w.pipe.stale : w.pipe.previewed(duration(preview.milliseconds))}
        </span>
        <WhatChanges pipe={id} />
        {!readOnly && (
          <Button small look="quiet" onClick={() => setSupplying(true)}>
            {w.pipe.noData.supply}
          </Button>
        )}
        <Button
          small
          look="quiet"
          onClick={() => go({ at: 'data', project: useProject.getState().id ?? '', dataset: id, entity: null })}
        >
          {w.flow.dataOf}
        </Button>
        <IconButton label={w.pipe.bar.close} shortcut="Mod+J" onClick={() => setPanels({ dockOpen: false })}>
          <ChevronDown size={14} aria-hidden />
        </IconButton>
      </div>
      <div
        className={classes(
          'grid min-h-0 flex-1 divide-x divide-line',
          isEnd ? 'grid-cols-1' : 'grid-cols-2',
          live.stale && 'opacity-70',
        )}
      >
        {shows === 'schema' ? (
          <>
            {!isEnd && <SchemaSide title={titleBefore} texts={entitiesOfStage(whole ? 'source' : previous?.id)} />}
            <SchemaSide title={titleAfter} texts={entitiesOfStage(stage?.id)} />
          </>
        ) : (
          <>
            {!isEnd && (
              <OutsideProperties
                title={titleBefore}
                texts={before}
                other={after}
                tone="bad"
                drags
                actions={pinActions}
                note={inStep?.target === undefined && inBefore.stopped && <OutcomeNote outcome={inBefore} />}
              />
            )}
            <OutsideProperties
              title={titleAfter}
              texts={after}
              note={
                (after === inAfter.entities || after.length === 0) &&
                (inAfter.stopped || inAfter.replaced.length > 0) && <OutcomeNote outcome={inAfter} />
              }
              other={isEnd ? after : before}
              tone="good"
              doubtful={doubtful}
              drags={isEnd && stage.role === 'source'}
              actions={isEnd && pinActions}
            />
          </>
        )}
      </div>
      {pinning && into !== null && (
        <PinDialog pipe={id} stage={into} texts={isEnd ? after : before} onClose={() => setPinning(false)} />
      )}
      {supplying && <SupplyDialog pipe={id} onClose={() => setSupplying(false)} />}
    </div>
  )
}

/** The target as the step before left it. */
function previousTarget(
  trace: ReturnType<typeof usePreviewStore.getState>['trace'],
  step: JsonPath,
): string | undefined {
  // The first step of a branch begins with what the steps before the branch have left.
  for (let depth = step.length; depth > step.indexOf('rules') + 2; depth--) {
    const index = step[depth - 1]
    for (let place = typeof index === 'number' ? index - 1 : -1; place >= 0; place--) {
      const target = trace.get(tracePath([...step.slice(0, depth - 1), place]))?.target
      if (target !== undefined) return target
    }
  }
  return undefined
}

function producers(datasets: readonly string[]): readonly string[] {
  const { facts } = useEngine.getState()
  return facts.filter(({ writes }) => writes !== null && datasets.includes(writes)).map(({ pipe }) => pipe)
}
