/** The rows of a walk in words. */

import type { WalkMoment } from '../../../engine-worker/index.ts'
import { humanOf } from '../../data/readable-values.ts'
import { count } from '../../i18n/numbers.ts'
import { useSettings } from '../../store/settings.ts'
import type { WalkWords } from './walk-catalogue.ts'
import type { WalkRow } from './walk-rows.ts'

/** A value of a walk as a person writes it; as it is where its text was cut. */
export function walkText(text: string | null): string {
  if (text === null) return ''
  try {
    return humanOf(text, useSettings.getState().language)
  } catch {
    return text
  }
}

/** What a row came to, in a few words. */
export function walkResult({ moment, entity, is, stage, members }: WalkRow, w: WalkWords): string {
  if (is === 'unreached') return w.walk.notReached
  if (members.length > 0) return w.walk.mergedFrom(new Set(members.map(({ dataset }) => dataset)).size)
  if (is === 'stage' && stage.role === 'transform') {
    return entity === null ? w.walk.notReached : ''
  }
  if (moment === null) return ''
  if (moment.problem) return w.pipe.fails
  if (moment.stopped) return w.walk.stopped
  if (is === 'rule') return moment.target ?? ''
  const [change] = moment.changes
  if (moment.changes.length === 1 && change) return changeText(change, moment, w)
  if (moment.changes.length > 1) return w.walk.properties(moment.changes.length + moment.moreChanges)
  if (moment.foundInAll > 0) return w.walk.found(count(moment.foundInAll))
  return moment.values.length > 0 ? walkText(moment.values.at(-1)?.[1] ?? null) : ''
}

function changeText(change: WalkMoment['changes'][number], { foundInAll }: WalkMoment, w: WalkWords): string {
  if (change.after === null) return w.walk.removed(change.name)
  if (foundInAll > 0 && change.after.startsWith('[{')) return w.walk.found(count(foundInAll))
  return walkText(change.after)
}

/** What happens at a row, for people who hear it: only what changed. */
export function rowWords(row: WalkRow, w: WalkWords): string {
  const { moment } = row
  if (moment === null) return walkResult(row, w)
  if (moment.problem) return w.engine.message(moment.problem)
  const changes = moment.changes
    .slice(0, 5)
    .map(({ name, before, after }) => w.walk.from(name, walkText(before), walkText(after)))
  return changes.length > 0 ? changes.join('; ') : walkResult(row, w)
}
