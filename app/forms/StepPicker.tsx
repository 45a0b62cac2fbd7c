import { useMemo } from 'react'
import {
  type CataloguedFunction,
  type Json,
  type JsonPath,
  type PipeFacts,
  readConfig,
} from '../../engine-worker/index.ts'
import { useTextOfTransit } from '../data/ShownValue.tsx'
import { intentWords, recipeWords } from '../i18n/intents.ts'
import { count } from '../i18n/numbers.ts'
import { usePipe } from '../pipe/pipe.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { rankOf, useFunctions } from '../pipe/vocabulary.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useQuery } from '../store/use-query.ts'
import { Picker, type PickerRow } from '../ui/Picker.tsx'
import { findIntents } from './find-intent.ts'
import { newCall } from './new-call.ts'
import { useFollowedInput, useIncomingEntities } from './scope.ts'

interface StepPickerProps {
  /** Where the step is to stand. */
  readonly path: JsonPath
  readonly onChoose: (step: Json, name: string) => void
  readonly onClose: () => void
}

/** Finds a transform function for a new step by its name and description. */
export function StepPicker({ path, onChoose, onClose }: StepPickerProps) {
  const w = usePipeWords()
  const functions = useFunctions()
  const rows = useMemo(
    () =>
      functions
        .filter(({ kind, deprecated }) => kind === 'transform' && deprecated === undefined)
        .sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1))
        .map(
          (declared): PickerRow<NewStep> => ({
            id: declared.name,
            label: declared.name,
            says: declared.says,
            keywords: intentWords[`transform ${declared.name}`] ?? '',
            value: { step: newStep(declared), name: declared.name },
          }),
        ),
    [functions],
  )
  const recipes = useRecipes(path)
  return (
    <Picker
      label={w.pipe.addStepTitle}
      placeholder={w.pipe.addStepPlaceholder}
      rows={[...recipes, ...rows]}
      match={findIntents}
      onClose={onClose}
      onChoose={({ value }) => onChoose(value.step, value.name)}
    />
  )
}

interface NewStep {
  readonly step: Json
  readonly name: string
}

/** Whole steps that the followed entity suggests, each with what it makes of it. */
function useRecipes(path: JsonPath): readonly PickerRow<NewStep>[] {
  const w = usePipeWords()
  const { id } = usePipe()
  const textOf = useTextOfTransit()
  const followed = useFollowedInput(path)
  const others = useIncomingEntities(path)
  const facts = useEngine((state) => state.facts)
  const version = useEngine((state) => state.version)
  const key = followed ? JSON.stringify([followed, others.length, version]) : null
  const steps = useQuery(key, async () => (followed ? ask('suggestedSteps', { ...followed, others }) : []))
  const joins = useQuery(key, async () =>
    followed
      ? ask('suggestedJoins', { pipe: id, source: followed.source, others, except: joinedOrMadeFrom(id, facts) })
      : [],
  )
  return useMemo(() => {
    const words = w.pipe.recipes
    const suggestedRows = (steps.value ?? []).map(
      ({ does, format, property, key, step, from, gives, reads: counted }): PickerRow<NewStep> => ({
        id: step,
        label: words[does](property, key ?? format ?? ''),
        says: [
          does === 'children' ? words.howMany(Number(gives)) : `${textOf(from)} → ${textOf(gives)}`,
          ...(counted ? [words.canBeRead(count(counted.read), count(counted.of))] : []),
        ].join(' · '),
        keywords: recipeWords[does],
        value: { step: readConfig(step), name: property },
      }),
    )
    const joined = (joins.value ?? []).map(
      ({ does, dataset, key, on, property, step, from, gives, matched, of }): PickerRow<NewStep> => ({
        id: step,
        label: words[does](dataset, does === 'join' ? on.join(' = ') : (key ?? '')),
        says: [
          does === 'join' ? words.hits(Number(gives)) : `${textOf(from)} → ${textOf(gives)}`,
          words.found(count(matched), count(of)),
        ].join(' · '),
        keywords: recipeWords[does],
        value: { step: readConfig(step), name: property },
      }),
    )
    return [...suggestedRows, ...joined]
  }, [steps.value, joins.value, w, textOf])
}

/** Datasets that a pipe reads already, and those that are made of what it writes: these would lead in a circle. */
function joinedOrMadeFrom(pipe: string, facts: readonly PipeFacts[]): readonly string[] {
  const own = facts.find((each) => each.pipe === pipe)
  const datasets = new Set(own?.writes ? [own.writes] : [])
  for (let size = -1; size !== datasets.size; ) {
    size = datasets.size
    for (const { reads, writes } of facts)
      if (writes !== null && reads.some((name) => datasets.has(name))) datasets.add(writes)
  }
  return [...(own?.reads ?? []), ...datasets]
}

/** A new step that is valid where the language allows it. */
function newStep(declared: CataloguedFunction): Json {
  return declared.template ?? newCall(declared)
}
