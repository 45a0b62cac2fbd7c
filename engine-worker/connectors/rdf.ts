/**
 * Entities as RDF statements and back; rdf-support.rst. Names in namespaces become URIs by the node's expansions. This
 * module brings its libraries along, so it is loaded only when a pipe works with RDF.
 */
// n3: the established RDF reader and writer for JavaScript (N-Triples, Turtle, N3), without eval.
import { DataFactory, Parser, type Quad, type Term, Writer } from 'n3'
// rdfxml-streaming-parser: n3 does not read RDF/XML.
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { expandName } from '../config/project/namespaces.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { get, put } from '../entity/dict.ts'
import { DateTime, Day, Decimal, type Dict, type Entity, Float, isDict, NI, URI, type Value } from '../entity/value.ts'
import { Fault, problem, reasonOf } from '../problem.ts'
import { plainText } from './to-text.ts'

const brokenRdf = problem<{ reason: string }>({
  code: 'broken-rdf',
  severity: 'error',
  says: ({ reason }) => `The RDF cannot be read: ${reason}.`,
})

const XSD = 'http://www.w3.org/2001/XMLSchema#'

/** The statements about an entity as N-Triples; nested entities become blank nodes, lists repeat the predicate. */
export function toTriples(entity: Entity, namespaces: Namespaces): string {
  const quads: Quad[] = []
  let blanks = 0
  const addStatement = (
    subject: ReturnType<typeof DataFactory.namedNode> | ReturnType<typeof DataFactory.blankNode>,
    dict: Dict,
  ) => {
    for (const key of Object.keys(dict)) {
      if (key.startsWith('_') || key.startsWith('$')) continue
      const predicate = DataFactory.namedNode(expandName(key, namespaces))
      const value = get(dict, key) ?? null
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item === null || Array.isArray(item)) continue
        if (isDict(item)) {
          const node = DataFactory.blankNode(`x${++blanks}`)
          quads.push(DataFactory.quad(subject, predicate, node))
          addStatement(node, item)
        } else quads.push(DataFactory.quad(subject, predicate, termOf(item, namespaces)))
      }
    }
  }
  addStatement(DataFactory.namedNode(expandName(plainText(entity._id ?? null), namespaces)), entity)
  return new Writer({ format: 'N-Triples' }).quadsToString(quads)
}

function termOf(value: Value, namespaces: Namespaces) {
  if (value instanceof URI) return DataFactory.namedNode(value.text)
  if (value instanceof NI) return DataFactory.namedNode(expandName(value.text, namespaces))
  const type = datatypeOf(value)
  return DataFactory.literal(plainText(value), type === null ? undefined : DataFactory.namedNode(XSD + type))
}

function datatypeOf(value: Value): string | null {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'bigint') return 'integer'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double'
  if (value instanceof Float) return 'double'
  if (value instanceof Decimal) return 'decimal'
  if (value instanceof DateTime) return 'dateTime'
  return value instanceof Day ? 'date' : null
}

/** The entities in an RDF text: one a named subject; blank nodes become nested entities. */
export async function fromTriples(text: string, format: string, sort: boolean): Promise<Entity[]> {
  const quads = await quadsIn(text, format)
  const bySubject = new Map<string, Quad[]>()
  for (const quad of quads) {
    const key = `${quad.subject.termType} ${quad.subject.value}`
    const list = bySubject.get(key)
    if (list) list.push(quad)
    else bySubject.set(key, [quad])
  }
  const entityAbout = (key: string, open: ReadonlySet<string>): Dict => {
    const dict: Dict = {}
    for (const { predicate, object } of bySubject.get(key) ?? []) {
      const inner = `${object.termType} ${object.value}`
      const nested = object.termType === 'BlankNode' && !open.has(inner)
      addTo(dict, predicate.value, nested ? entityAbout(inner, new Set([...open, inner])) : objectValue(object))
    }
    return sort ? sortedLists(dict) : dict
  }
  return [...bySubject.keys()]
    .filter((key) => key.startsWith('NamedNode '))
    .map((key) => ({ _id: key.slice('NamedNode '.length), ...entityAbout(key, new Set([key])) }))
}

async function quadsIn(text: string, format: string): Promise<Quad[]> {
  try {
    return format === 'RDF/XML' ? await quadsInXml(text) : new Parser({ format }).parse(text)
  } catch (error) {
    throw new Fault(brokenRdf({ reason: reasonOf(error) }))
  }
}

function quadsInXml(text: string): Promise<Quad[]> {
  const parser = new RdfXmlParser({ dataFactory: DataFactory, baseIRI: 'http://example.org/' })
  return new Promise((resolve, reject) => {
    const quads: Quad[] = []
    parser.on('data', (quad: Quad) => quads.push(quad))
    parser.on('error', reject)
    parser.on('end', () => resolve(quads))
    parser.write(text)
    parser.end()
  })
}

function addTo(dict: Dict, key: string, value: Value): void {
  const before = get(dict, key)
  if (before === undefined) put(dict, key, value)
  else if (Array.isArray(before)) before.push(value)
  else put(dict, key, [before, value])
}

function objectValue(term: Term): Value {
  return term.termType === 'NamedNode' ? new URI(term.value) : term.value
}

function sortedLists(dict: Dict): Dict {
  for (const key of Object.keys(dict)) {
    const value = get(dict, key)
    if (Array.isArray(value)) value.sort((a, b) => (plainText(a) < plainText(b) ? -1 : 1))
  }
  return dict
}
