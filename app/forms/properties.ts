/** The properties that are really there: of the source before a stage, and of the target after its steps. */

import { useMemo } from 'react'
import { isWithin, type JsonPath } from '../../engine-worker/index.ts'
import { type PropertyFact, propertyFactsOf } from '../data/property-facts.ts'
import { usePipe } from '../pipe/pipe.ts'
import { stageData, usePreviewStore } from '../pipe/preview-store.ts'
import { stagesOf } from '../pipe/stages.ts'

const idProperty: readonly PropertyFact[] = [{ name: '_id', types: ['string'], present: 1 }]
const noTexts: readonly string[] = []

/** The properties of the entities that come into the stage a place belongs to, most common first. */
export function useSourceProperties(place: JsonPath): readonly PropertyFact[] {
  const { value } = usePipe()
  const before = useMemo(() => {
    const stages = stagesOf(value)
    const index = stages.findIndex(({ path }) => isWithin(place, path))
    return stages[Math.max(0, index - 1)]?.id ?? 'source'
  }, [value, place])
  const rows = usePreviewStore((live) => stageData(live, before)?.entities ?? noTexts)
  return useMemo(() => [...idProperty, ...propertyFactsOf(rows)], [rows])
}
