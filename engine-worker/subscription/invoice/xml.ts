/**
 * XML from outside as elements with their namespaces. Entities are never declared, resources never fetched, and depth is
 * bounded.
 */
// saxes: the strict, namespace-aware parser of jsdom. fast-xml-parser does not resolve namespaces.
import { SaxesParser } from 'saxes'
import { Fault } from '../../problem.ts'
import { notAnInvoice, unsafeXml } from './invoice.ts'

export interface XmlElement {
  readonly namespace: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  /** The text directly inside, in pieces. */
  readonly texts: string[]
}

/** Elements nested deeper than this belong to no invoice. */
const MAX_DEPTH = 60

/**
 * The root element of the text.
 * @throws Fault `unsafe-xml` where a document type declares entities, `not-an-invoice` where the text is not well-formed
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const open: XmlElement[] = []
  let root: XmlElement | null = null
  parser.on('error', (error) => {
    throw new Fault(notAnInvoice({ reason: firstLine(error.message) }))
  })
  parser.on('doctype', (declaration) => {
    if (/<!ENTITY/i.test(declaration)) throw new Fault(unsafeXml({}))
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (open.length >= MAX_DEPTH) throw new Fault(notAnInvoice({ reason: 'its elements are nested too deep' }))
    const named = Object.values(attributes).map(({ local: name, value }): [string, string] => [name, value])
    const element = { namespace: uri, name: local, attributes: new Map(named), children: [], texts: [] }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  parser.on('text', (piece) => open.at(-1)?.texts.push(piece))
  parser.on('cdata', (piece) => open.at(-1)?.texts.push(piece))
  parser.write(text).close()
  if (root === null) throw new Fault(notAnInvoice({ reason: 'it has no element' }))
  return root
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message
}

/** The children with that name in that namespace. */
export function xmlChildren(element: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.namespace === namespace && child.name === name)
}

/** The trimmed text of an element. */
export function xmlText(element: XmlElement): string {
  return element.texts.join('').trim()
}
