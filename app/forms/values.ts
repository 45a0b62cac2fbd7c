/** Values that properties really have, for constants that are compared with them. */

import { type Json, type JsonPath, readJson } from '../../engine-worker/index.ts'
import { usePipe } from '../pipe/pipe.ts'
import { stageData, usePreviewStore } from '../pipe/preview-store.ts'
import { stageBefore } from './scope.ts'

const maxValues = 6
const maxLength = 40

/** The most common values of the source properties that stand beside a constant. */
export function useSeenValues(place: JsonPath, beside: readonly string[]): readonly Json[] {
  const { value } = usePipe()
  const names = beside.flatMap((path) => /^_S\.([^.']+)$/.exec(path)?.[1] ?? [])
  const before = stageBefore(value, place)
  const key = usePreviewStore((live) =>
    names.length === 0 ? '' : commonValues(stageData(live, before)?.entities ?? [], names).join('\n'),
  )
  return key === '' ? [] : key.split('\n').map((text) => readJson(text))
}

/** The most common values as JSON texts; what is long or has a structure is left out. */
export function commonValues(entities: readonly string[], names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const text of entities) {
    const entity: unknown = JSON.parse(text)
    if (typeof entity !== 'object' || entity === null) continue
    for (const [name, value] of Object.entries(entity)) {
      if (!names.includes(name.slice(name.lastIndexOf(':') + 1)) && !names.includes(name)) continue
      for (const each of Array.isArray(value) ? value : [value]) {
        if (each === null || typeof each === 'object') continue
        const json = JSON.stringify(each)
        if (json.length <= maxLength) counts.set(json, (counts.get(json) ?? 0) + 1)
      }
    }
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, maxValues)
    .map(([json]) => json)
}
