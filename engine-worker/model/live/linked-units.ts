/** Which records refer to which, as far as their values tell. */
import type { Environment } from '../../environment.ts'
import { directExpressions } from '../generate/enrich.ts'
import type { Plan } from '../generate/plan.ts'
import { recordLinks } from '../generate/record-links.ts'
import { recordTexts } from './evaluate.ts'
import type { RecordReader } from './records.ts'

/** Everything that is one record of a concept: the mappings and `_id`s of its records. */
export type Unit = readonly (readonly [mapping: string, id: string])[]

/** For each unit the others that its records may refer to. */
export async function linkedUnits(
  plan: Plan,
  units: readonly Unit[],
  reader: RecordReader,
  environment: Environment,
): Promise<(unit: number) => readonly number[]> {
  const all = plan.mappings.flatMap((planned) => {
    const reading = directExpressions(planned)
    return reading === null ? [] : [{ planned, reading, links: recordLinks(plan, planned, reading) }]
  })
  if (all.every(({ links }) => links.references.length === 0)) return () => []
  const unitOf = new Map<string, number>()
  for (const [at, unit] of units.entries()) for (const [mapping, id] of unit) unitOf.set(`${mapping} ${id}`, at)
  const addressed = new Map<string, number[]>()
  const referring: (readonly [unit: number, text: string])[] = []
  for (const { planned, reading, links } of all) {
    const { name, system, datatype } = planned.mapping
    const { entities } = await reader.records(plan.model, system, datatype)
    const wanted = ['_S._id', ...links.addresses, ...links.references]
    const [ids = [], ...columns] = await recordTexts(planned, reading, entities, wanted, environment)
    for (const [row, id] of ids.entries()) {
      const unit = unitOf.get(`${name} ${id}`)
      if (unit === undefined) continue
      for (const [column, texts] of columns.entries()) {
        const text = texts[row] ?? null
        if (text === null) continue
        if (column >= links.addresses.length) referring.push([unit, text])
        else {
          const before = addressed.get(text)
          if (before === undefined) addressed.set(text, [unit])
          else if (!before.includes(unit)) before.push(unit)
        }
      }
    }
  }
  const linked = new Map<number, number[]>()
  for (const [unit, text] of referring) {
    const others = addressed.get(text)
    if (others === undefined) continue
    const known = linked.get(unit)
    if (known === undefined) linked.set(unit, [...others])
    else known.push(...others)
  }
  return (unit) => linked.get(unit) ?? []
}
