/** The pipes of a project that is read into a model: what they read, what identifies their records, what they make. */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { plainProperty } from './read-hops.ts'
import { listUnder, objectIn, referenceIn, sourceColumns, stepNames, stepsOf } from './read-steps.ts'

/** An identifier that a pipe makes of a property of its records. */
interface MadeReference {
  readonly namespace: string
  readonly column: string
  /** The property that holds it. */
  readonly property: string
}

export class ProjectPipes {
  private readonly byId = new Map<string, JsonObject>()
  private readonly writers = new Map<string, string>()
  private readonly isNamespaced: boolean

  constructor(configs: readonly JsonObject[]) {
    for (const config of configs) {
      if (get(config, 'type') !== 'pipe') continue
      const id = String(get(config, '_id'))
      this.byId.set(id, config)
      const written = get(objectIn(config, 'sink'), 'dataset')
      if (typeof written === 'string') this.writers.set(written, id)
    }
    this.isNamespaced = configs.some((config) => get(config, 'namespaced_identifiers') === true && !this.isPipe(config))
  }

  get all(): ReadonlyMap<string, JsonObject> {
    return this.byId
  }

  private isPipe(config: JsonObject): boolean {
    return get(config, 'type') === 'pipe'
  }

  /** The pipe that writes a dataset; empty where there is none. */
  config(dataset: string): JsonObject {
    return this.byId.get(dataset) ?? this.byId.get(this.writers.get(dataset) ?? '') ?? {}
  }

  has(dataset: string): boolean {
    return this.byId.has(dataset) || this.writers.has(dataset)
  }

  /** The dataset that a pipe reads; undefined where it reads no single one. */
  reads(pipe: string): string | undefined {
    const named = sourcesOf(this.config(pipe)).map((source) => get(source, 'dataset'))
    return named.find((dataset) => typeof dataset === 'string')
  }

  /** Whether a pipe brings records into the project. */
  collects(pipe: string): boolean {
    const sources = sourcesOf(this.config(pipe))
    const isInside = (source: JsonObject): boolean => datasetsIn(source).length > 0
    const isFilled = sources.flatMap(datasetsIn).some((dataset) => this.has(dataset))
    return sources.some((source) => !isInside(source)) && !isFilled && !this.sends(pipe)
  }

  /** Whether a pipe brings its entities out of the project. */
  sends(pipe: string): boolean {
    const sink = objectIn(this.config(pipe), 'sink')
    return get(sink, 'system') !== undefined || (get(sink, 'type') ?? 'dataset') !== 'dataset'
  }

  /** The system of the source of a pipe, or else the type of that. */
  origin(pipe: string): string | undefined {
    const [source] = this.before(pipe)
      .slice(-1)
      .flatMap((each) => sourcesOf(this.config(each)))
    const named = source === undefined ? undefined : (get(source, 'system') ?? get(source, 'type'))
    return typeof named === 'string' && /^[A-Za-z][\w-]*$/.test(named) ? named : undefined
  }

  /** The pipes from one to that at the beginning, which collects. */
  before(pipe: string): string[] {
    const found = [pipe]
    for (let next = this.reads(pipe); next !== undefined; next = this.reads(next)) {
      if (found.includes(next) || !this.has(next)) break
      found.push(next)
    }
    return found
  }

  /** The properties that identify the records of a pipe, where one of the pipes before says so. */
  keyOf(pipe: string): string[] {
    if (this.creates(pipe)) return ['id']
    for (const each of this.before(pipe)) {
      const key = keyIn(this.config(each))
      if (key !== null) return key
    }
    return ['id']
  }

  /** Whether the records of a pipe are made of parts of those before. */
  creates(pipe: string): boolean {
    return this.before(pipe).some((each) =>
      stepsOf(this.config(each)).some(([, step]) => Array.isArray(step) && step[0] === stepNames.create),
    )
  }

  /** The namespace of the identifiers of a pipe; empty where they have none. */
  identity(pipe: string): string {
    const config = this.config(pipe)
    const given = get(objectIn(config, 'namespaces'), 'identity')
    const isOn = get(config, 'namespaced_identifiers') ?? this.isNamespaced
    return typeof given === 'string' ? given : isOn === true ? pipe : ''
  }

  /** The properties that are in the records at hand, by their plain names. */
  columns(pipe: string): ReadonlySet<string> {
    const found = new Set<string>()
    for (const each of this.before(pipe))
      for (const entity of entitiesIn(this.config(each)))
        for (const name of Object.keys(entity)) if (!/^[_$]|^rdf:/.test(name)) found.add(plainProperty(name))
    return found
  }

  /** How a pipe makes a property of its records; null where it does not. */
  expressionFor(pipe: string, property: string): Json | null {
    const steps = stepsOf(this.config(pipe))
    const step = steps.find(([, each]) => Array.isArray(each) && each[0] === stepNames.add && each[1] === property)
    const expression = step !== undefined && Array.isArray(step[1]) ? (step[1][2] ?? null) : null
    return typeof expression === 'string' || !sourceColumns(expression)?.length ? null : expression
  }

  /** The identifiers that a pipe makes of properties. */
  references(pipe: string): MadeReference[] {
    return stepsOf(this.config(pipe)).flatMap(([, step]) => {
      const [namespace, column, property] = referenceIn(step)
      if (typeof namespace !== 'string' || typeof column !== 'string') return []
      return [{ namespace, column, property: typeof property === 'string' ? property : `${column}-ni` }]
    })
  }
}

/** The datasets that a source reads. */
function datasetsIn(source: JsonObject): string[] {
  return [get(source, 'dataset'), ...listUnder(source, 'datasets')].flatMap((name) =>
    typeof name === 'string' ? [name.split(/\s+/)[0] ?? ''] : [],
  )
}

/** The source of a pipe, or its alternatives. */
function sourcesOf(config: JsonObject): JsonObject[] {
  const source = get(config, 'source')
  if (!isObject(source)) return []
  const alternatives = get(source, 'alternatives')
  return isObject(alternatives) ? Object.values(alternatives).filter(isObject) : [source]
}

function entitiesIn(config: JsonObject): JsonObject[] {
  return sourcesOf(config).flatMap((source) => listUnder(source, 'entities').filter(isObject))
}

/** The key that a pipe itself tells: by its source, by a step that writes `_id`, or by its records. */
function keyIn(config: JsonObject): string[] | null {
  for (const [, step] of stepsOf(config)) {
    const columns =
      Array.isArray(step) && step[0] === stepNames.add && step[1] === '_id' ? columnOf(step[2] ?? null) : null
    if (columns !== null) return columns
  }
  for (const source of sourcesOf(config)) {
    const key = get(source, 'primary_key')
    if (typeof key === 'string') return [key]
    if (Array.isArray(key) && key.length > 0) return key.map(String)
    const template = /^\{\{\s*(?:entity\.)?(\w+)\s*\}\}$/.exec(String(get(source, 'id_expression') ?? ''))?.[1]
    if (template !== undefined) return [template]
  }
  return keyAmong(entitiesIn(config))
}

/** The one property that an expression is, or is as a text. */
function columnOf(expression: Json): string[] | null {
  const [name, only, ...more] = Array.isArray(expression) ? expression : ['', expression]
  const isAlone = more.length === 0 && (name === '' || name === stepNames.string)
  const column = isAlone && typeof only === 'string' ? /^_S\.([\w:.-]+)$/.exec(only)?.[1] : undefined
  return column === undefined || column.startsWith('_') ? null : [plainProperty(column)]
}

/** A property that is equal to the identifier of every record. */
function keyAmong(entities: readonly JsonObject[]): string[] | null {
  const [first] = entities
  if (first === undefined) return null
  const plainId = (entity: JsonObject): string => plainProperty(String(get(entity, '_id') ?? ''))
  const name = Object.keys(first).find(
    (each) => !each.startsWith('_') && entities.every((entity) => String(get(entity, each) ?? '') === plainId(entity)),
  )
  return name === undefined ? null : [plainProperty(name)]
}
