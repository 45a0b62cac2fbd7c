/** A project of any size with a realistic structure: systems, collecting pipes, globals, and pipes to the systems. */
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'

/** Components of a project with so many pipes; the same for the same number. */
export function projectOf(pipes: number): JsonObject[] {
  const systems = Math.max(4, Math.round(Math.sqrt(pipes) / 2))
  const globals = Math.max(1, Math.round(pipes / 15))
  const things = Math.floor((pipes - globals) * 0.38)
  const components: JsonObject[] = Array.from({ length: systems }, (_, i) => ({
    _id: `system${i}`,
    type: 'system:rest',
    url_pattern: 'https://example.org/%s',
    operations: {},
  }))
  const made: JsonObject[] = []
  const enriched: string[] = []
  for (let i = 0; i < things; i++) {
    const group = `system${(i * 7) % systems}`
    made.push(pipe(`${group}-thing${i}-collect`, group, { type: 'embedded', entities: [{ _id: `${i}`, x: 'a' }] }))
    enriched.push(`${group}-thing${i}-enrich`)
    made.push(
      pipe(`${group}-thing${i}-enrich`, group, dataset(`${group}-thing${i}-collect`), [
        ['copy', '*'],
        ['add', 'upper', ['upper', '_S.x']],
      ]),
    )
  }
  for (let g = 0; g < globals; g++) {
    const datasets = enriched.filter((_, i) => i % globals === g).map((name, i) => `${name} d${i}`)
    made.push(pipe(`global-g${g}`, 'global', { type: 'merge', version: 2, datasets, equality: [] }))
  }
  for (let o = 0; made.length < pipes; o++) {
    const group = `system${(o * 5) % systems}`
    const hops = ['hops', { datasets: [`global-g${(o * 11) % globals} h`], where: ['eq', '_S._id', 'h._id'] }]
    made.push(
      pipe(`${group}-out${o}-transform`, group, dataset(`global-g${o % globals}`), [
        ['copy', '*'],
        ['add', 'h', hops],
      ]),
    )
  }
  return [...components, ...made.slice(0, pipes)]
}

function dataset(name: string): JsonObject {
  return { type: 'dataset', dataset: name }
}

function pipe(_id: string, group: string, source: JsonObject, steps?: Json): JsonObject {
  const made: JsonObject = { _id, type: 'pipe', source, metadata: { '$config-group': group } }
  if (steps !== undefined) made.transform = { type: 'dtl', rules: { default: steps } }
  return made
}
