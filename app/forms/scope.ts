/** What expressions at a place can read: the source, the target so far, joined datasets and the items of a list. */
import { createContext, useContext, useMemo } from 'react'
import { isWithin, type Json, type JsonPath } from '../../engine-worker/index.ts'
import { outcomeAt } from '../pipe/outcome.ts'
import { usePipe } from '../pipe/pipe.ts'
import { stageData, tracePath, usePreviewStore } from '../pipe/preview-store.ts'
import { stagesOf } from '../pipe/stages.ts'
import { stepAt } from '../pipe/step-place.ts'
import { useFunctionTable } from '../store/catalogue.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useQuery } from '../store/use-query.ts'
import { type PathFact, pathsOf } from './paths.ts'

/** A dataset under the name that conditions call it by. */
export interface DatasetAlias {
  readonly alias: string
  readonly dataset: string
}

/** The joined or merged datasets around a field. */
export const AliasContext = createContext<readonly DatasetAlias[]>([])

/** Inside a function that is applied to each value of a list: where that list stands. */
export const ItemsContext = createContext<JsonPath | null>(null)

/** A path that can be read, as it is written. */
interface PathChoice extends PathFact {
  readonly from: 'source' | 'target' | 'item' | 'alias'
}

const noTexts: readonly string[] = []
const noSamples: ReadonlyMap<string, readonly string[]> = new Map()
const sampleSize = 100

/** Everything that can be read at a place, with what the data says of it. */
export function useChoices(place: JsonPath): readonly PathChoice[] {
  const { value } = usePipe()
  const functions = useFunctionTable()
  const aliases = useContext(AliasContext)
  const items = useContext(ItemsContext)
  const before = useMemo(() => stageBefore(value, place), [value, place])
  const isSource = place[0] === 'source'
  const source = usePreviewStore((live) => (isSource ? noTexts : (stageData(live, before)?.entities ?? noTexts)))
  const step = useMemo(() => stepAt(value, place, functions), [value, place, functions])
  const target = usePreviewStore((live) => (step === null ? null : targetBefore(live.trace, step)))
  const item = usePreviewStore((live) => (items === null ? null : (live.trace.get(tracePath(items))?.value ?? null)))
  const samples = useSamples(aliases)
  return useMemo(
    () => [
      ...withOrigin(item === null ? [] : pathsOf([item], '_', true), 'item'),
      ...aliases.flatMap(({ alias, dataset }) => withOrigin(pathsOf(samples.get(dataset) ?? noTexts, alias), 'alias')),
      ...withOrigin(pathsOf(source, '_S'), 'source'),
      ...withOrigin(target === null ? [] : pathsOf([target], '_T'), 'target'),
    ],
    [item, aliases, samples, source, target],
  )
}

function withOrigin(facts: readonly PathFact[], from: PathChoice['from']): readonly PathChoice[] {
  return facts.map((fact) => ({ ...fact, from }))
}

/** The entity that is followed as it comes into the step of a place, and its target so far; null where there is none. */
export function useFollowedInput(place: JsonPath): { readonly source: string; readonly target: string | null } | null {
  const { value } = usePipe()
  const functions = useFunctionTable()
  const before = useMemo(() => stageBefore(value, place), [value, place])
  const step = useMemo(() => stepAt(value, place, functions), [value, place, functions])
  const preview = usePreviewStore((live) => live.preview)
  const target = usePreviewStore((live) => (step === null ? null : targetBefore(live.trace, step)))
  return useMemo(() => {
    // Another rule has something else as its source.
    const rule = place[place.indexOf('rules') + 1]
    const source = preview ? outcomeAt(preview, before).entities[0] : undefined
    return step === null || rule !== 'default' || source === undefined ? null : { source, target }
  }, [preview, before, place, step, target])
}

/** All entities of the preview that come into the stage of a place, as transit texts. */
export function useIncomingEntities(place: JsonPath): readonly string[] {
  const { value } = usePipe()
  const before = useMemo(() => stageBefore(value, place), [value, place])
  return usePreviewStore((live) => stageData(live, before)?.entities ?? noTexts)
}

/** The name of the stage whose entities come into the stage of a place. */
export function stageBefore(pipe: { [key: string]: Json }, place: JsonPath): string {
  const stages = stagesOf(pipe)
  const index = stages.findIndex(({ path }) => isWithin(place, path))
  return stages[Math.max(0, index - 1)]?.id ?? 'source'
}

/** The target as the steps before a step left it. */
function targetBefore(trace: ReadonlyMap<string, { readonly target?: string }>, step: JsonPath): string | null {
  const index = step.at(-1)
  for (let place = typeof index === 'number' ? index - 1 : -1; place >= 0; place--) {
    const target = trace.get(tracePath([...step.slice(0, -1), place]))?.target
    if (target !== undefined) return target
  }
  return null
}

/** Some entities of each dataset, as transit text; what is not there yet has none. */
function useSamples(aliases: readonly DatasetAlias[]): ReadonlyMap<string, readonly string[]> {
  const version = useEngine((state) => state.version)
  const names = [...new Set(aliases.map(({ dataset }) => dataset))].filter(Boolean).join('\n')
  const { value } = useQuery(names === '' ? null : `${version}\n${names}`, async () => {
    const read = async (dataset: string) =>
      [dataset, (await ask('rows', { dataset, from: 0, count: sampleSize })).rows] as const
    return new Map(await Promise.all(names.split('\n').map(read)))
  })
  return value ?? noSamples
}
