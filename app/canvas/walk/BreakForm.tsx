import { comparisons, type WalkMoment } from '../../../engine-worker/index.ts'
import { Input, Select } from '../../ui/Field.tsx'
import { useWalkWords } from './walk-catalogue.ts'
import { type BreakCondition, setCondition, toggleBreakpoint, useWalk } from './walk-state.ts'

const firstCondition: BreakCondition = { side: 'target', property: '', how: 'is', value: '' }
const comparisonNames = Object.keys(comparisons).filter((how): how is keyof typeof comparisons => how in comparisons)
const sides = ['target', 'source'] as const

/** Whether the walk stops at a step, and under which condition. */
export function BreakForm({ path, moment }: { readonly path: string; readonly moment: WalkMoment }) {
  const w = useWalkWords()
  const breakpoint = useWalk(({ breakpoints }) => breakpoints.find((each) => each.path === path))
  const condition = breakpoint?.condition ?? null
  const changeCondition = (change: Partial<BreakCondition>) =>
    setCondition(path, { ...(condition ?? firstCondition), ...change })
  return (
    <fieldset className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-surface px-3 py-2 shadow-low">
      <label className="flex min-h-6 items-center gap-2">
        <input type="checkbox" checked={breakpoint !== undefined} onChange={() => toggleBreakpoint(path)} />
        {w.walk.stopHere}
      </label>
      {breakpoint !== undefined && (
        <>
          <Select
            className="w-auto"
            aria-label={w.walk.when}
            value={condition === null ? 'always' : condition.side}
            onChange={({ target }) => {
              const side = sides.find((each) => each === target.value)
              if (side === undefined) setCondition(path, null)
              else changeCondition({ side })
            }}
          >
            <option value="always">{w.walk.always}</option>
            <option value="target">{w.walk.ifTarget}</option>
            <option value="source">{w.walk.ifSource}</option>
          </Select>
          {condition !== null && (
            <>
              <Input
                mono
                className="w-28"
                aria-label={w.pipe.schema.property}
                placeholder={w.pipe.schema.property}
                value={condition.property}
                onChange={({ target }) => changeCondition({ property: target.value })}
              />
              <Select
                className="w-auto"
                aria-label={w.walk.comparison}
                value={condition.how}
                onChange={({ target }) => {
                  const how = comparisonNames.find((each) => each === target.value)
                  if (how !== undefined) changeCondition({ how })
                }}
              >
                {comparisonNames.map((how) => (
                  <option key={how} value={how}>
                    {w.walk.hows[how]}
                  </option>
                ))}
              </Select>
              {condition.how !== 'empty' && condition.how !== 'not-empty' && (
                <Input
                  mono
                  className="w-28"
                  aria-label={w.walk.value}
                  value={condition.value}
                  onChange={({ target }) => changeCondition({ value: target.value })}
                />
              )}
            </>
          )}
          <span className={moment.breaks ? 'text-good' : 'text-ink-soft'}>
            {moment.breaks ? w.walk.stopsHere : w.walk.passes}
          </span>
        </>
      )}
    </fieldset>
  )
}
