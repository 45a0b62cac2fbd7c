/** What can be mapped: the properties that come into a stage, by system, and those of the datasets that it joins. */
import { useMemo } from 'react'
import { type JsonPath, segmentText } from '../../../engine-worker/index.ts'
import { type PropertyFact, propertyFactsOf } from '../../data/property-facts.ts'
import { useSourceProperties } from '../../forms/properties.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { propertyTexts } from './entity-text.ts'

export interface SourceGroup {
  /** A dataset, a namespace, or the name of what comes before. */
  readonly name: string
  /** Properties of a dataset that is joined are mapped inside the list that the join makes. */
  readonly joined: boolean
  readonly properties: readonly SourceProperty[]
}

export interface SourceProperty {
  /** The same for the same property of a group. */
  readonly key: string
  readonly name: string
  /** The path that reads it. */
  readonly expression: string
  /** Share of the entities that have it, 0 to 1. */
  readonly present: number
  /** A value of the dataset that is joined, as transit text; what comes in has the values of the followed entity. */
  readonly sample: string | null
}

const sampleSize = 100

interface DatasetFacts {
  readonly properties: readonly PropertyFact[]
  readonly samples: ReadonlyMap<string, string>
}

/** The groups of a stage, whose default rule stands at `rules`. */
export function useSourceGroups(
  rules: JsonPath,
  datasets: readonly string[],
  joined: readonly string[],
  otherwise: string,
): readonly SourceGroup[] {
  const incoming = useSourceProperties(rules)
  const facts = useDatasetFacts([...datasets, ...joined])
  return useMemo(
    () => groupsOf(incoming, facts, datasets, joined, otherwise),
    [incoming, facts, datasets, joined, otherwise],
  )
}

function groupsOf(
  incoming: readonly PropertyFact[],
  facts: ReadonlyMap<string, DatasetFacts>,
  datasets: readonly string[],
  joined: readonly string[],
  otherwise: string,
): readonly SourceGroup[] {
  const groups = new Map<string, SourceProperty[]>()
  for (const { name, present } of incoming) {
    const group = groupOf(name, facts, datasets) ?? otherwise
    const list = groups.get(group) ?? []
    list.push({ key: `in ${name}`, name, expression: `_S.${segmentText(name)}`, present, sample: null })
    groups.set(group, list)
  }
  const sourceGroups = [...groups].map(([name, properties]) => ({ name, joined: false, properties }))
  const others = joined.map((dataset) => ({
    name: dataset,
    joined: true,
    properties: [...(facts.has(dataset) ? idOnly : []), ...(facts.get(dataset)?.properties ?? [])].map(
      ({ name, present }) => ({
        key: `${dataset} ${name}`,
        name,
        expression: `_S.${segmentText(name)}`,
        present,
        sample: facts.get(dataset)?.samples.get(name) ?? null,
      }),
    ),
  }))
  return [...sourceGroups, ...others]
}

/** The namespace of a name, or the first dataset that has the property. */
function groupOf(name: string, facts: ReadonlyMap<string, DatasetFacts>, datasets: readonly string[]): string | null {
  const colon = name.indexOf(':')
  if (colon > 0) return name.slice(0, colon)
  if (name.startsWith('_') || name.startsWith('$')) return null
  return datasets.find((dataset) => facts.get(dataset)?.properties.some((fact) => fact.name === name)) ?? null
}

const idOnly: readonly PropertyFact[] = [{ name: '_id', types: ['string'], present: 1 }]

const noFacts: ReadonlyMap<string, DatasetFacts> = new Map()

function useDatasetFacts(datasets: readonly string[]): ReadonlyMap<string, DatasetFacts> {
  const version = useEngine((state) => state.version)
  const names = [...new Set(datasets)].filter(Boolean).join('\n')
  const { value } = useQuery(names === '' ? null : `${version}\n${names}`, async () => {
    const read = async (dataset: string) => {
      const { rows } = await ask('rows', { dataset, from: 0, count: sampleSize })
      // The first value of each property.
      const samples = new Map(rows.toReversed().flatMap(propertyTexts))
      return [dataset, { properties: propertyFactsOf(rows), samples }] as const
    }
    return new Map(await Promise.all(names.split('\n').map(read)))
  })
  return value ?? noFacts
}
