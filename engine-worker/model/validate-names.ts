/** Names in a model that name something of it, or are to be the only ones. */
import { nearest } from '../dtl/nearest.ts'
import { printJson } from '../entity/json.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem, renameTo } from '../problem.ts'
import type { Model, PropertyMapping } from './model.ts'

const unknownName = problem<{ what: string; kind: string; name: string; suggestion: string }>({
  code: 'model-unknown-name',
  severity: 'error',
  says: ({ what, kind, name }) => `${what} names the ${kind} ${name}, which is not in the model.`,
  fix: ({ kind, suggestion }) =>
    suggestion === '' ? `Add the ${kind}, or name another one.` : `Did you mean ${suggestion}?`,
  repair: ({ name, suggestion }) => renameTo(name, suggestion),
})
const noSystem = problem<{ mapping: string }>({
  code: 'model-mapping-without-system',
  severity: 'error',
  says: ({ mapping }) =>
    `The mapping ${mapping} has neither a system nor a parent, so that nothing says whose records they are.`,
  fix: () => 'Name the system (in a mapping file: the source), or the parent.',
})
const sameName = problem<{ name: string }>({
  code: 'model-name-twice',
  severity: 'error',
  says: ({ name }) => `Two mappings have the name ${name}.`,
  fix: () => 'Give each mapping its own name.',
})
const noExpression = problem<{ concept: string; property: string }>({
  code: 'model-expression-missing',
  severity: 'error',
  says: ({ concept, property }) => `${property} of ${concept} has the rule expression, but no expression is given.`,
  fix: () => 'Add expression, or choose another rule.',
})
const noParent = problem<{ mapping: string; key: string }>({
  code: 'model-parent-missing',
  severity: 'error',
  says: ({ mapping, key }) => `The mapping ${mapping} has ${key}, which means something only with a parent.`,
  fix: ({ key }) => `Name the parent, or remove ${key}.`,
})
const noPlace = problem<{ mapping: string }>({
  code: 'model-property-without-place',
  severity: 'error',
  says: ({ mapping }) => `A property of the mapping ${mapping} is neither one of the record nor one of the concept.`,
  fix: () => 'Give it from, path or element, or to.',
})
const sameValue = problem<{ mapping: string; value: string }>({
  code: 'model-value-twice',
  severity: 'warning',
  says: ({ mapping, value }) =>
    `A vocabulary of the mapping ${mapping} has ${value} twice, with different meanings; the first one counts.`,
  fix: () => 'Remove one of them.',
})
const noName = problem<{ kind: string }>({
  code: 'model-name-empty',
  severity: 'error',
  says: ({ kind }) => `A ${kind} has an empty name.`,
  fix: () => 'Give it a name.',
})

type Report = (found: Problem, path: JsonPath) => void

/** Systems, datatypes, concepts and properties whose name is empty. */
export function checkEmptyNames({ systems, concepts }: Model, report: Report): void {
  const checkEmptyName = (kind: string, all: object, path: JsonPath): void => {
    if (Object.hasOwn(all, '')) report(noName({ kind }), [...path, ''])
  }
  checkEmptyName('system', systems, ['systems'])
  checkEmptyName('concept', concepts, ['concepts'])
  for (const [name, { datatypes }] of Object.entries(systems))
    checkEmptyName('datatype', datatypes, ['systems', name, 'datatypes'])
  for (const [name, { properties }] of Object.entries(concepts))
    checkEmptyName('property', properties, ['concepts', name, 'properties'])
}

/** Keys and references of concepts that name nothing, and expressions that are missing. */
export function checkConceptNames({ concepts }: Model, report: Report): void {
  for (const [name, { keys = [], properties }] of Object.entries(concepts)) {
    const at = ['concepts', name]
    for (const [index, key] of keys.entries())
      for (const property of key)
        if (!Object.hasOwn(properties, property))
          report(unknownNameProblem(`A key of ${name}`, 'property', property, Object.keys(properties)), [
            ...at,
            'keys',
            index,
          ])
    for (const [property, { references, rule, expression }] of Object.entries(properties)) {
      const place = [...at, 'properties', property]
      if (references !== undefined && !Object.hasOwn(concepts, references))
        report(unknownNameProblem(property, 'concept', references, Object.keys(concepts)), [...place, 'references'])
      if (rule === 'expression' && expression === undefined) report(noExpression({ concept: name, property }), place)
    }
  }
}

/** Names of mappings that occur twice or name nothing, and properties without a place. */
export function checkMappingNames(model: Model, report: Report): void {
  const { systems, concepts, mappings } = model
  const names = new Set<string>()
  const known = mappings.map(({ name }) => name)
  const conceptNames = Object.keys(concepts)
  for (const [index, mapping] of mappings.entries()) {
    const at = ['mappings', index]
    const { name, system, datatype, concept, parent, list, lift, links = [] } = mapping
    const checkName = (kind: string, named: string, there: readonly string[] | null, path: JsonPath): void => {
      if (there !== null && !there.includes(named))
        report(unknownNameProblem(`The mapping ${name}`, kind, named, there), [...at, ...path])
    }
    if (names.has(name)) report(sameName({ name }), [...at, 'name'])
    names.add(name)
    const datatypes = Object.keys(systems[system]?.datatypes ?? {})
    // Elements of lists are of the system of their parent; where that has none, what is said of the parent is enough.
    if (system === '' && parent === undefined) report(noSystem({ mapping: name }), [...at, 'system'])
    else if (system !== '' && !Object.hasOwn(systems, system))
      checkName('system', system, Object.keys(systems), ['system'])
    else if (system !== '') checkName('datatype', datatype, datatypes, ['datatype'])
    checkName('concept', concept, conceptNames, ['concept'])
    if (parent !== undefined) checkName('mapping', parent, known, ['parent'])
    if (parent === undefined)
      for (const [key, value] of Object.entries({ list, lift }))
        if (value !== undefined) report(noParent({ mapping: name, key }), [...at, key])
    for (const [place, link] of links.entries())
      checkName('mapping', link.references, known, ['links', place, 'references'])
    // Nothing is known about a concept that is not declared.
    const declared = concepts[concept]?.properties
    const properties = declared === undefined ? null : Object.keys(declared)
    for (const [place, each] of mapping.properties.entries()) {
      const path = ['properties', place]
      if (each.to !== undefined) checkName('property', each.to, properties, [...path, 'to'])
      const referenced = conceptNames.includes(each.references ?? '') ? undefined : each.references
      if (referenced !== undefined) checkName('mapping', referenced, known, [...path, 'references'])
      if (each.to === undefined && each.from === undefined && each.path === undefined && each.element === undefined)
        report(noPlace({ mapping: name }), [...at, ...path])
      for (const [position, value] of repeatedValues(each))
        report(sameValue({ mapping: name, value }), [...at, ...path, 'values', position])
    }
    for (const [key, property] of Object.entries({ deletion: mapping.deletion?.to, absent: mapping.absent }))
      if (property !== undefined) checkName('property', property, properties, [key])
    for (const [place, { property }] of (mapping.sort ?? []).entries())
      checkName('property', property, properties, ['sort', place])
  }
}

/** The values of a system that stand in a vocabulary before, with their places, where they mean something else there. */
function repeatedValues({ values = [] }: PropertyMapping): (readonly [place: number, value: string])[] {
  const meanings = new Map<string, string>()
  return values.flatMap(({ here, there }, place) => {
    const [value, meaning] = [printJson(here), printJson(there)]
    const before = meanings.get(value)
    if (before === undefined) meanings.set(value, meaning)
    return before === undefined || before === meaning ? [] : [[place, value] as const]
  })
}

function unknownNameProblem(what: string, kind: string, name: string, there: readonly string[]): Problem {
  return unknownName({ what, kind, name, suggestion: nearest(name, there) ?? '' })
}
