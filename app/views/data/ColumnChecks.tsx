import { Check as CheckMark, FlaskConical, X } from 'lucide-react'
import {
  type Check,
  checkName,
  type Expectation,
  type PropertyProfile,
  readJson,
} from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { useTextOfTransit } from '../../data/ShownValue.tsx'
import { useSpreadText } from '../../data/spread-text.ts'
import { addCheck, removeCheck, useChecks } from '../../store/project/checks-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

interface ColumnChecksProps {
  readonly dataset: string
  readonly profile: PropertyProfile
  readonly entities: number
}

/** Up to this number of different values, a check expects one of them; up to this number of shapes, one of these. */
const maxAllowedValues = 12
const maxShapes = 3

/** What the values of a column give reason to expect, each made a check by one click; and the checks that there are. */
export function ColumnChecks({ dataset, profile, entities }: ColumnChecksProps) {
  const w = useBrowseWords().browse
  const readOnly = useProject((state) => state.readOnly)
  const text = useCheckText()
  const checks = useChecks().filter((each) => each.dataset === dataset && each.property === profile.name)
  const names = new Set(checks.map(checkName))
  const suggested = expectationsOf(profile, entities)
    .map((each): Check => ({ dataset, property: profile.name, ...each }))
    .filter((each) => !names.has(checkName(each)))
  if (checks.length === 0 && suggested.length === 0) return <p className="text-ink-soft">{w.profile.noChecks}</p>
  return (
    <ul className="flex flex-col gap-1">
      {checks.map((check) => (
        <li key={checkName(check)} className="flex min-h-7 items-center gap-2">
          <CheckMark size={14} aria-label={w.profile.hasCheck} className="shrink-0 text-good" />
          <span className="min-w-0 flex-1 break-words">{text(check)}</span>
          {!readOnly && (
            <IconButton
              label={w.check.remove(text(check))}
              onClick={() => removeCheck(w.check.remove(text(check)), check)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
      {!readOnly &&
        suggested.map((check) => (
          <li key={checkName(check)} className="flex min-h-7 items-center gap-2">
            <span className="min-w-0 flex-1 break-words text-ink-soft">{text(check)}</span>
            <Button
              small
              icon={<FlaskConical size={13} aria-hidden />}
              aria-label={`${w.profile.addCheck}: ${text(check)}`}
              onClick={() => addCheck(w.check.edit(text(check)), check)}
            >
              {w.profile.addCheck}
            </Button>
          </li>
        ))}
    </ul>
  )
}

/** What holds for all values now. */
function expectationsOf(
  { present, kinds, distinct, top, spread, shapes }: PropertyProfile,
  entities: number,
): Expectation[] {
  const found: Expectation[] = []
  if (present.all === 0) return found
  if (present.all === entities) found.push({ is: 'present' })
  if (distinct === present.all && present.all > 1) found.push({ is: 'unique' })
  found.push({ is: 'type', types: kinds.map(({ kind }) => kind) })
  if (spread && isExact(spread)) {
    const transitTime = (value: number) => `~t${new Date(value).toISOString()}`
    found.push(
      spread.is === 'moment'
        ? { is: 'range', least: transitTime(Math.floor(spread.least)), most: transitTime(Math.ceil(spread.most)) }
        : { is: 'range', least: spread.least, most: spread.most },
    )
  }
  if (distinct <= maxAllowedValues && distinct < present.all && top.length === distinct) {
    found.push({ is: 'values', values: top.map(({ value }) => readJson(value)) })
  }
  const isText = kinds.length === 1 && kinds[0]?.kind === 'string'
  if (isText && distinct > maxAllowedValues && shapes.length <= maxShapes) {
    found.push({ is: 'shape', shapes: shapes.map(({ shape }) => shape) })
  }
  return found
}

/** Whether the ends of a spread are the values themselves, and not rounded. */
function isExact({ is, least, most }: NonNullable<PropertyProfile['spread']>): boolean {
  if (is === 'length') return false
  const limit = is === 'moment' ? latestMoment : Number.MAX_SAFE_INTEGER
  return Math.abs(least) <= limit && Math.abs(most) <= limit
}

/** Milliseconds from 1970 that dates of the platform reach. */
const latestMoment = 8.64e15

/** A check in words. */
function useCheckText(): (check: Check) => string {
  const w = useBrowseWords().browse.check
  const textOf = useTextOfTransit()
  const number = useSpreadText('number')
  const moment = useSpreadText('moment')
  return (check) => {
    const { property } = check
    switch (check.is) {
      case 'present':
        return w.present(property)
      case 'unique':
        return w.unique(property)
      case 'type':
        return w.type(property, check.types.join(' | '))
      case 'shape':
        return w.shape(property, check.shapes.join(', '))
      case 'values':
        return w.values(property, check.values.map((value) => textOf(JSON.stringify(value))).join(', '))
      case 'range': {
        const displayedBound = (value: unknown) =>
          typeof value === 'number' ? number(value) : moment(Date.parse(String(value).slice(2)))
        return w.range(property, displayedBound(check.least), displayedBound(check.most))
      }
    }
  }
}
