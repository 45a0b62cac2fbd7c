/** Pipes that give a system what a concept knows: by their names, by the systems of their sinks, and by what they read. */
import { get } from '../entity/dict.ts'
import type { Json } from '../entity/value.ts'
import { sameJson } from '../text/json-equality.ts'
import { call } from './calls.ts'
import { hopIn, plainProperty } from './read-hops.ts'
import type { LeftOut } from './read-left.ts'
import type { ProjectPipes } from './read-pipes.ts'
import type { Recognised, RecognisedConcept } from './read-recognised.ts'
import { conceptName, elsewhere, goldenCondition, goldenName, objectIn, stepNames, stepsOf } from './read-steps.ts'

const { add, comment, copy, filter: filters } = stepNames
const [[contains], [identifier]] = [call.in(), call.ni()]
const steps = /-(?:transform(?:-split)?|share(?:-\w+)?|endpoint|collect|all)$/

/** A project as far as it has been read. */
interface Known {
  readonly pipes: ProjectPipes
  readonly mappings: readonly Recognised[]
  readonly concepts: ReadonlyMap<string, RecognisedConcept>
  readonly used: Set<string>
  readonly left: LeftOut
  readonly systemNames: readonly string[]
  /** A new mapping of what a system only gets. */
  readonly mapping: (base: string, concept: string) => Recognised
}

export class ReadShares {
  private readonly known: Known
  /** The mappings of the pipes that are part of one, by pipe. */
  private readonly shared = new Map<string, Recognised>()

  constructor(known: Known) {
    this.known = known
  }

  recognise(): void {
    const { pipes, used } = this.known
    // A pipe that sends belongs to the mapping of the one that it reads, which may be told by that one alone.
    for (const isShape of [true, false])
      for (const id of pipes.all.keys()) if (id.endsWith('-transform') === isShape) this.pipe(id)
    for (const id of pipes.all.keys()) {
      const before = pipes.reads(id)
      if (before !== undefined && this.shared.has(before) && pipes.sends(id)) used.add(id)
    }
  }

  /** The concept whose records a pipe reads. */
  private conceptOf(id: string): string | null {
    const { pipes, concepts } = this.known
    const dataset = pipes.reads(id) ?? ''
    return concepts.has(conceptName(dataset)) && pipes.has(dataset) ? conceptName(dataset) : null
  }

  /** A pipe from a global pipe to a system: its properties go out, too. */
  private pipe(id: string): void {
    const { mappings, used, mapping: newMapping } = this.known
    const concept = this.conceptOf(id)
    const base = this.baseOf(id, concept)
    if (base === null || used.has(id)) return
    const isShape = id.endsWith('-transform') || concept !== null
    const known = mappings.find(({ name, concept: own }) => name === base && (concept === null || own === concept))
    const mapping = known ?? (isShape && concept !== null ? newMapping(base, concept) : undefined)
    if (mapping === undefined) return
    used.add(id)
    this.shared.set(id, mapping)
    if (isShape) this.shape(id, mapping)
  }

  /** `<system>-<datatype>` of a pipe: in its name in either order, or with the system of the sink behind it. */
  private baseOf(id: string, concept: string | null): string | null {
    const { pipes, mappings, systemNames } = this.known
    const base = id.replace(steps, '')
    if (base !== id && concept === null) return base
    if (concept === null) return null
    const systems = [...new Set([...systemNames, ...mappings.map(({ system }) => system)])]
    if (mappings.some(({ name }) => name === base) || systems.some((name) => base.startsWith(`${name}-`))) return base
    const behind = systems.find((name) => base.endsWith(`-${name}`))
    if (behind !== undefined) return `${behind}-${base.slice(0, -behind.length - 1)}`
    if (base !== id) return base
    const next = [...pipes.all.keys()].filter((each) => each === id || pipes.reads(each) === id)
    const sinks = next.map((each) => get(objectIn(pipes.config(each), 'sink'), 'system'))
    const system = sinks.find((name) => typeof name === 'string')
    return system === undefined ? null : `${String(system)}-${base}`
  }

  private shape(id: string, mapping: Recognised): void {
    const { pipes, concepts, left } = this.known
    const properties = concepts.get(mapping.concept)?.properties
    for (const [place, step] of stepsOf(pipes.config(id))) {
      if (!Array.isArray(step) || step[0] === comment) continue
      const [name, target, value = null] = step
      if (name === filters) {
        const condition = goldenCondition(mapping.concept, target ?? null, properties)
        if (isOwn(target ?? null, mapping)) mapping.onlyOwn = true
        else if (mapping.shareFilter === undefined && condition !== null) mapping.shareFilter = condition
        else left.part(id, place, 'filter', 'second')
      } else if (name !== add || typeof target !== 'string') {
        if (name === copy && this.onlyKeeps(target ?? null)) continue
        left.part(id, place, 'step', elsewhere(step) ?? 'shape', Number(place.at(-1)) + 1)
      } else if (!/^[_$]|^rdf:/.test(target) && !this.writes(mapping, target, value, properties))
        left.part(id, place, 'property', elsewhere(value) ?? 'golden', target)
    }
  }

  /** Whether a step copies nothing but what the store keeps itself. */
  private onlyKeeps(names: Json): boolean {
    const all = Array.isArray(names) ? names.slice(1) : [names]
    return all.every((name) => typeof name === 'string' && /^[_$]|^rdf:/.test(name))
  }

  private writes(
    mapping: Recognised,
    column: string,
    value: Json,
    properties: RecognisedConcept['properties'] | undefined,
  ) {
    const golden = goldenName(mapping.concept, value)
    if (value === `_S.${mapping.namespace}:${column}`) {
      if (!this.known.pipes.keyOf(mapping.pipe).includes(column)) mapping.carried.add(column)
      return true
    }
    if (golden === null || properties?.has(golden) !== true) return this.hopOut(mapping, column, value)
    mapping.written.set(golden, { from: column })
    return true
  }

  /** A reference on its way out: a hop to another concept, for its key in this system or for one of its properties. */
  private hopOut(mapping: Recognised, column: string, expression: Json): boolean {
    const { pipes, concepts, mappings } = this.known
    const hop = hopIn(expression)
    const concept = hop !== null && pipes.has(hop.dataset) ? conceptName(hop.dataset) : ''
    const properties = concepts.get(mapping.concept)?.properties
    const golden = hop === null ? null : goldenName(mapping.concept, hop.from)
    const known = golden === null ? undefined : properties?.get(golden)
    const target = concepts.get(concept)
    if (hop === null || golden === null || known === undefined || target === undefined) return false
    if (hop.to !== '$ids' && hop.to !== '_id') return false
    const namespace = hop.returns.slice(0, hop.returns.lastIndexOf(':'))
    const same = mappings.find((each) => each.system === mapping.system && each.concept === concept)
    const property = plainProperty(hop.returns)
    const isKey = same !== undefined && same.namespace === namespace && sameJson(pipes.keyOf(same.pipe), [property])
    const isGolden = (namespace === hop.dataset || namespace === '') && target.properties.has(property)
    if (!isKey && !isGolden) return false
    properties?.set(golden, { ...known, references: concept })
    const references = same?.name ?? concept
    mapping.written.set(golden, { from: column, references, ...(isKey ? {} : { returns: property }) })
    return true
  }
}

/** Whether a condition is that a record of the system is among those of the concept, by the type that enrich pipes add. */
function isOwn(condition: Json, { system, datatype }: Recognised): boolean {
  const [name, type, path] = Array.isArray(condition) ? condition : []
  const text = Array.isArray(type) && type[0] === identifier ? type.slice(1).join(':') : String(type ?? '')
  return name === contains && path === '_S.rdf:type' && text.replace(/^~:/, '') === `${system}:${datatype}`
}
