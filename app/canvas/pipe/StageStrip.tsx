import { Scissors } from 'lucide-react'
import { Fragment, type KeyboardEvent } from 'react'
import type { SplitPoint } from '../../../engine-worker/index.ts'
import { count, percent } from '../../i18n/numbers.ts'
import { focusBeside, focusPlace } from '../../pipe/focus.ts'
import { choosePlace, usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { usePreviewStore } from '../../pipe/preview-store.ts'
import type { Stage } from '../../pipe/stages.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import { stageFigures } from './stage-figures.ts'
import { isChosenStage, stageBar, useStageLabel } from './stage-look.ts'

interface StageStripProps {
  readonly stages: readonly Stage[]
  /** By the place among the transforms that a cut is before. */
  readonly cuts: ReadonlyMap<number, SplitPoint>
}

/** All stages in a row: what each is, how many entities come in and go out, how many match; where Sesam needs a new pipe. */
export function StageStrip({ stages, cuts }: StageStripProps) {
  const w = usePipeWords()
  return (
    <nav aria-label={w.pipe.strip.label} className="shrink-0 overflow-x-auto border-b border-line bg-surface">
      <ol className="flex items-stretch px-4 py-2">
        {stages.map((stage, number) => {
          const cut = cuts.get(number - 1)
          return (
            <Fragment key={stage.id}>
              {number > 0 && (
                <li aria-hidden className="flex w-9 shrink-0 items-center" title={cut ? w.engine.cut(cut) : undefined}>
                  <span
                    className={classes(
                      'flex-1',
                      cut ? 'border-t-2 border-dotted border-warn' : 'border-t border-line-strong',
                    )}
                  />
                  {cut && (
                    <>
                      <Scissors size={12} className="mx-0.5 text-warn" />
                      <span className="flex-1 border-t-2 border-dotted border-warn" />
                    </>
                  )}
                </li>
              )}
              <li className="flex min-w-30 flex-1 basis-0">
                <StripStage
                  stage={stage}
                  number={number}
                  of={stages.length}
                  before={stages[number - 1]?.id ?? null}
                  cut={cut}
                />
              </li>
            </Fragment>
          )
        })}
      </ol>
    </nav>
  )
}

interface StripStageProps {
  readonly stage: Stage
  readonly number: number
  readonly of: number
  readonly before: string | null
  readonly cut: SplitPoint | undefined
}

function StripStage({ stage, number, of, before, cut }: StripStageProps) {
  const w = usePipeWords()
  const functions = useFunctionTable()
  const preview = usePreviewStore((live) => live.preview)
  const chosen = usePipeView(({ selected }) => isChosenStage(stage, selected))
  const label = useStageLabel(stage)
  const figures = stageFigures(stage, before, preview, functions)
  const { rate, filtered, failed } = figures
  const flow =
    figures.after === null
      ? ''
      : figures.before === null
        ? count(figures.after)
        : w.pipe.inOut(count(figures.before), count(figures.after))
  const share = rate === null ? 0 : rate.some / Math.max(1, rate.all)
  const says =
    failed > 0
      ? w.pipe.failed(count(failed))
      : rate !== null
        ? w.pipe.strip.rate(percent(share), rate.of, rate.property)
        : filtered > 0
          ? w.pipe.filtered(count(filtered))
          : w.pipe.strip.what(stage.role, Number(stepCount(stage)))
  const handleKeyDown = (event: KeyboardEvent) => {
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (way !== 0) focusBeside(event.currentTarget, '[data-strip]', way)
    else if (event.key === 'ArrowDown') focusPlace(stage.path)
    else return
    event.preventDefault()
  }
  return (
    <button
      type="button"
      data-strip=""
      aria-current={chosen ? 'step' : undefined}
      aria-label={w.pipe.strip.stage(
        number + 1,
        of,
        label,
        [flow, says, cut ? w.pipe.cutHere : ''].filter(Boolean).join(', '),
      )}
      onClick={() => {
        choosePlace(stage.path)
        focusPlace(stage.path)
      }}
      onKeyDown={handleKeyDown}
      className={classes(
        'relative min-w-0 flex-1 overflow-hidden rounded-lg border px-3 py-1 text-left -outline-offset-2 hover:border-line-strong',
        chosen ? 'border-accent bg-accent-soft ring-1 ring-accent' : 'border-line bg-surface',
      )}
    >
      <span aria-hidden className={classes('absolute inset-y-1.5 left-0 w-[3px] rounded-r-sm', stageBar(stage))} />
      <span className="block truncate font-semibold">
        {number + 1} {label}
      </span>
      <span className="mono block truncate text-tiny leading-4 text-ink">{flow || ' '}</span>
      <span
        className={classes(
          'block truncate text-tiny leading-4',
          failed > 0 ? 'text-bad' : rate === null ? 'text-ink-soft' : rate.of === 'merge' ? 'text-good' : 'text-hops',
        )}
      >
        {says}
      </span>
      {rate !== null && (
        <span
          aria-hidden
          className={classes('absolute bottom-0 left-0 h-[3px]', rate.of === 'merge' ? 'bg-good' : 'bg-hops')}
          style={{ width: `${share * 100}%` }}
        />
      )}
    </button>
  )
}

function stepCount({ config }: Stage): number {
  const rules = config.rules
  const steps = typeof rules === 'object' && rules !== null && 'default' in rules ? rules.default : null
  return Array.isArray(steps) ? steps.length : 0
}
