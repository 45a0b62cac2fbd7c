/** The keys of records as the generated pipes make them, where they cannot be read from the records themselves. */
import { get } from '../../entity/dict.ts'
import type { Entity, Value } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { mergedDatasets } from '../generate/global.ts'
import { generate } from '../generate/pipes.ts'
import { type PlannedConcept, planOf } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import { type KeyedRecords, numberedKey } from './clusters.ts'
import type { RecordReader } from './records.ts'
import { collectedRecords, runInMemory } from './run.ts'

/** The records of a concept with their keys as its pipes make them; keys from tables of links come last. */
export async function keysThroughPipes(
  model: Model,
  { slug, mappings, concept: declared }: PlannedConcept,
  reader: RecordReader,
  environment: Environment,
): Promise<KeyedRecords> {
  const plan = planOf(model)
  const concept = [...plan.concepts.values()].find((each) => each.slug === slug)
  if (concept === undefined) return { mappings: [], ids: [], keys: [] }
  const keys = declared.keys ?? []
  const merged = mergedDatasets(plan, concept).map(({ dataset }) => dataset)
  const components = generate(model).filter(({ id }) => /-(collect|enrich|set)$/.test(id) || id === 'node')
  const { store } = await runInMemory(components, (await collectedRecords(model, reader)).records, environment)
  const places: number[] = []
  const ids: string[] = []
  const texts: { readonly own: readonly (string | null)[]; readonly links: readonly string[] }[] = []
  for (const dataset of merged) {
    const place = mappings.findIndex(
      (planned) => dataset === `${planned.slug}-enrich` || dataset === `${planned.slug}-set`,
    )
    for await (const batch of store.scan(dataset, { live: true }))
      for (const entity of batch) {
        places.push(place)
        ids.push(keyOf(entity))
        texts.push(textsOf(entity, keys))
      }
  }
  const width = Math.max(0, ...texts.map(({ links }) => links.length))
  const links = Array.from({ length: width }, (_, at) => [texts.map((each) => each.links[at] ?? null)])
  const numbered = keys.map((key, at) => numberedKey(key, [[texts.map(({ own }) => own[at] ?? null)]]))
  return { mappings: places, ids, keys: links.length === 0 ? numbered : [...numbered, numberedKey([], links)] }
}

function keyOf(entity: Entity): string {
  const id = String(entity._id)
  return id.slice(id.indexOf(':') + 1)
}

function textsOf(
  entity: Entity,
  keys: readonly (readonly string[])[],
): { own: readonly (string | null)[]; links: readonly string[] } {
  const value: Value = get(entity, '$keys') ?? null
  const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string')
  const own = keys.map((key) => texts.find((text) => text.startsWith(`${key.join('+')}:`)) ?? null)
  return { own, links: texts.filter((text) => !own.includes(text)) }
}
