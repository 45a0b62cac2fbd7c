/** Deprecated functions of the time before joins: references to entities as URIs, and expansion of names to URIs. */
import { get, put } from '../../entity/dict.ts'
import { type Dict, isDict, type Json, URI, type Value } from '../../entity/value.ts'
import { each, one, optional, optionalFunctionExpression } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { wildcard } from '../wildcard.ts'
import { quoteUrl } from './uris.ts'

const doc = 'deprecations.rst'

interface Reference {
  readonly dataset: string | null
  readonly id: string
}

/** `sesam:dataset/id`, or an id alone. */
function readReference(value: Value): Reference | null {
  const text = value instanceof URI ? value.text : typeof value === 'string' ? value : null
  if (text === null) return null
  const parts = /^sesam:([^/]*)\/(.*)$/s.exec(text)
  return parts === null ? { dataset: null, id: text } : { dataset: plain(parts[1] ?? ''), id: plain(parts[2] ?? '') }
}

function plain(quoted: string): string {
  try {
    return decodeURIComponent(quoted)
  } catch {
    return quoted // a percent sign that begins no code stands for itself
  }
}

function findReferenced({ dataset, id }: Reference, datasets: readonly Value[], ctx: Context): Dict[] {
  const found: Dict[] = []
  for (const name of dataset === null ? datasets : [dataset]) {
    const entity = typeof name === 'string' ? ctx.datasets.lookup(name, id) : null
    if (typeof name === 'string' && entity !== null) found.push({ ...entity, _dataset: name })
  }
  return found
}

/** How the registry (`rdf` of the node metadata) says that the entities of a dataset are expanded. */
interface Expansion {
  uriOf(key: string): string | null
  idOf(id: string): string | null
}

const COMMON = 'http://example.org/'

function field(json: Json | undefined, key: string): Json | undefined {
  return isDict(json as Value) ? (get(json as Dict, key) as Json | undefined) : undefined
}

function expansionOf(registry: Json | undefined): Expansion {
  const prefixes = field(registry, 'prefixes')
  const rules = field(registry, 'prefix_rules')
  const uriOfPrefix = (prefix: Json | undefined): string | null => {
    const uri = typeof prefix === 'string' ? field(prefixes, prefix) : undefined
    return typeof uri === 'string' ? uri : prefix === '_' ? COMMON : null
  }
  const expand = (prefix: Json | undefined, name: string) => {
    const uri = uriOfPrefix(prefix)
    return uri === null ? null : `<${uri}${name}>`
  }
  const properties = field(rules, 'properties')
  const pairs: { prefix: Json | undefined; patterns: ((name: string) => boolean)[] }[] = []
  if (Array.isArray(properties)) {
    for (let at = 0; at + 1 < properties.length; at += 2) {
      const patterns = listOf(properties[at + 1] as Value).filter((item) => typeof item === 'string')
      pairs.push({ prefix: properties[at], patterns: patterns.map((pattern) => wildcard(pattern.replace('**', '*'))) })
    }
  }
  return {
    idOf: (id) => expand(field(rules, 'id'), id),
    uriOf: (key) => {
      const rule = pairs.find(({ patterns }) => patterns.some((matches) => matches(key)))
      return rule === undefined ? null : expand(rule.prefix, key)
    },
  }
}

function expandEntity(entity: Dict, { idOf, uriOf }: Expansion): Dict {
  const expanded: Dict = {}
  for (const key of Object.keys(entity)) {
    const value = entity[key] ?? null
    if (key === '_id' && typeof value === 'string') expanded._id = idOf(value) ?? value
    else put(expanded, key.startsWith('_') ? key : (uriOf(key) ?? key), value)
  }
  return expanded
}

export const referenceFunctions = [
  expression({
    name: 'reference',
    group: 'URIs',
    doc,
    deprecated: 'Join with `hops`, or keep namespaced identifiers, instead.',
    says: 'Makes URIs that refer to entities of a dataset.',
    more: '`lookup` finds the entities again. Values that are not text are left out.',
    sentence: 'references to {entity-ids} in {dataset-id}',
    chain: 'references in {dataset-id}',
    takes: [
      one('dataset-id', 'string', { says: 'The dataset.', names: 'dataset' }),
      each('entity-ids', 'string', { says: 'The `_id` of an entity, or a list of them.' }),
    ],
    gives: 'uri',
    examples: [
      { dtl: ['reference', 'customers', '_S.customer'], source: { customer: '12' }, gives: '~rsesam:customers/12' },
      { dtl: ['reference', 'my data', ['list', 'a/b']], gives: ['~rsesam:my%20data/a%2Fb'] },
    ],
    run: (dataset, id) => new URI(`sesam:${quoteUrl(dataset, '')}/${quoteUrl(id, '')}`),
  }),

  expression({
    name: 'lookup',
    group: 'hops',
    doc,
    deprecated: 'Use `lookup-entity`, or `hops` where changes have to be followed.',
    says: 'Finds entities by their references.',
    more:
      'Text is the `_id` of an entity in the given datasets, or in the dataset of the pipe; a URI made with `reference` ' +
      'names its dataset itself. Each entity found has a property `_dataset`. Changes of what is looked up are not tracked.',
    sentence: 'the entities that {entity-references} refer to',
    chain: 'the entities it refers to',
    deterministic: false,
    takes: [
      optional('dataset-ids', 'any', { says: 'The datasets to look in.', names: 'dataset', reads: true }),
      one('entity-references', 'any', { says: 'References, or a list of them.' }),
    ],
    gives: 'dict',
    examples: [
      {
        dtl: ['lookup', '_S.ref'],
        source: { ref: '~rsesam:cars/7' },
        datasets: { cars: [{ _id: '7', make: 'Saab' }] },
        gives: { _id: '7', make: 'Saab', _dataset: 'cars' },
      },
      {
        dtl: ['lookup', ['list', 'cars', 'bikes'], ['list', '7', '8']],
        datasets: { cars: [{ _id: '7' }], bikes: [{ _id: '8' }] },
        gives: [
          { _id: '7', _dataset: 'cars' },
          { _id: '8', _dataset: 'bikes' },
        ],
      },
    ],
    run: (datasets, references, ctx) => {
      const within = datasets === undefined ? [ctx.pipe] : listOf(datasets)
      const found: Dict[] = []
      for (const value of listOf(references)) {
        const reference = readReference(value)
        if (reference !== null) found.push(...findReferenced(reference, within, ctx))
      }
      return Array.isArray(references) || found.length > 1 ? found : (found[0] ?? null)
    },
  }),

  expression({
    name: 'uri-expand',
    group: 'URIs',
    doc,
    deprecated: 'Use namespaced identifiers and the RDF transform instead.',
    says: 'Expands the names of properties of entities to URIs.',
    more:
      'The prefixes come from the section `rdf` of the node metadata, found by the property `_dataset` of the entity or ' +
      'by what the function gives for it. Entities for which there is neither are left out.',
    sentence: '{entities} with names expanded to URIs',
    takes: [
      optionalFunctionExpression('function', { says: 'Gives the name of the section for each entity, which is "_."' }),
      one('entities', 'any', { says: 'An entity, or a list of them.' }),
    ],
    gives: 'dict',
    examples: [
      {
        dtl: ['uri-expand', '_S.'],
        source: { _id: 'ann', _dataset: 'people', born: 1990 },
        gives: { _id: 'ann', _dataset: 'people', born: 1990 },
        says: 'Names that no rule of the section expands are kept.',
      },
      { dtl: ['uri-expand', ['list', '_S.']], source: { _id: 'ann', born: 1990 }, gives: [] },
    ],
    run: (name, entities, ctx) => {
      const expanded: Dict[] = []
      for (const entity of listOf(entities)) {
        if (!isDict(entity)) continue
        const section = name === undefined ? get(entity, '_dataset') : name(entity)
        if (typeof section !== 'string') continue
        expanded.push(expandEntity(entity, expansionOf(field(ctx.namespaces.rdf, section))))
      }
      return Array.isArray(entities) ? expanded : (expanded[0] ?? null)
    },
  }),
]
