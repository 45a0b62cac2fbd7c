/** How many records of each mapping have a value for each property of their concept. */
import { LRUCache } from 'lru-cache'
import { printJson } from '../../entity/json.ts'
import type { Environment } from '../../environment.ts'
import { directExpressions } from '../generate/enrich.ts'
import type { PlannedConcept } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import { evaluateRecords } from './evaluate.ts'
import type { RecordReader } from './records.ts'

/** The records of a mapping, and how many of them have a value, by property. */
export interface MappingCoverage {
  readonly mapping: string
  readonly of: number
  readonly filled: Readonly<Record<string, number>>
}

/** Counts values; what has not changed is not counted again. Elements of lists are not counted. */
export class CoverageCounter {
  private readonly coverageCache = new LRUCache<string, Promise<Omit<MappingCoverage, 'mapping'>>>({ max: 200 })

  constructor(
    private readonly reader: RecordReader,
    private readonly environment: Environment,
  ) {}

  async count(model: Model, concept: PlannedConcept): Promise<MappingCoverage[]> {
    const all: MappingCoverage[] = []
    for (const planned of concept.mappings) {
      const reading = directExpressions(planned)
      const { name, system, datatype } = planned.mapping
      if (reading === null) continue
      const { state, entities } = await this.reader.records(model, system, datatype)
      const key = `${state} ${printJson([reading.filter, [...reading.values].map((each) => [...each])])}`
      const counting = this.coverageCache.get(key) ?? this.countOne(planned, reading, entities)
      this.coverageCache.set(key, counting)
      counting.catch(() => this.coverageCache.delete(key))
      all.push({ mapping: name, ...(await counting) })
    }
    return all
  }

  private async countOne(
    planned: Parameters<typeof evaluateRecords>[0],
    reading: Parameters<typeof evaluateRecords>[1],
    entities: Parameters<typeof evaluateRecords>[2],
  ): Promise<Omit<MappingCoverage, 'mapping'>> {
    const names = [...reading.values.keys()]
    const counts = names.map(() => 0)
    let of = 0
    await evaluateRecords(planned, reading, entities, [...reading.values.values()], this.environment, (_, values) => {
      of++
      for (const [at, value] of values.entries()) if (value !== null && value !== '') counts[at] = (counts[at] ?? 0) + 1
    })
    return { of, filled: Object.fromEntries(names.map((name, at) => [name, counts[at] ?? 0])) }
  }
}
