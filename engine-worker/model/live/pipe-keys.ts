/** The keys of records as the generated pipes make them, where they cannot be read from the records themselves. */
import { get } from '../../entity/dict.ts'
import type { Entity, Value } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { mergedDatasets } from '../generate/global.ts'
import { generate } from '../generate/pipes.ts'
import { type PlannedConcept, planOf } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import type { KeyedRecord } from './clusters.ts'
import type { RecordReader } from './records.ts'
import { collectedRecords, runInMemory } from './run.ts'

/** Keys of the records of a concept, in the order of `keys`; those of none of them (links by tables) come after. */
export async function keysThroughPipes(
  model: Model,
  { slug, mappings }: PlannedConcept,
  keys: readonly (readonly string[])[],
  reader: RecordReader,
  environment: Environment,
): Promise<KeyedRecord[]> {
  const plan = planOf(model)
  const concept = [...plan.concepts.values()].find((each) => each.slug === slug)
  if (concept === undefined) return []
  const merged = mergedDatasets(plan, concept).map(({ dataset }) => dataset)
  const components = generate(model).filter(({ id }) => /-(collect|enrich|set)$/.test(id) || id === 'node')
  const { store } = await runInMemory(components, await collectedRecords(model, reader), environment)
  const records: KeyedRecord[] = []
  for (const dataset of merged) {
    const mapping = mappings.findIndex(
      (planned) => dataset === `${planned.slug}-enrich` || dataset === `${planned.slug}-set`,
    )
    for await (const batch of store.scan(dataset, { live: true }))
      for (const entity of batch) records.push({ mapping, id: keyOf(entity), keys: keysOf(entity, keys) })
  }
  return records
}

function keyOf(entity: Entity): string {
  const id = String(entity._id)
  return id.slice(id.indexOf(':') + 1)
}

function keysOf(entity: Entity, keys: readonly (readonly string[])[]): (string | null)[] {
  const value: Value = get(entity, '$keys') ?? null
  const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string')
  const own = keys
    .filter((key) => key.length > 0)
    .map((key) => texts.find((text) => text.startsWith(`${key.join('+')}:`)) ?? null)
  return [...own, ...texts.filter((text) => !own.includes(text))]
}
