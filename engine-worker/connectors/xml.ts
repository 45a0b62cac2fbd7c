/** Entities as XML: properties in angle brackets are tags, other properties attributes; configuration-sinks-xml.rst. */

import { objectSetting } from '../config/model/setting.ts'
import { variableText } from '../config/project/variables.ts'
import { get } from '../entity/dict.ts'
import { type Dict, type Entity, isDict, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { plainText } from './to-text.ts'

const noTag = problem<{ found: number }>({
  code: 'xml-no-tag',
  severity: 'error',
  says: ({ found }) => `An entity for XML needs exactly one property in angle brackets, but this one has ${found}.`,
  fix: () => 'Give the entity one property such as "<customer>" that holds its content.',
})

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** The element of an entity; attributes for the root come first. */
export function toXml(entity: Entity, rootAttributes: JsonObject): string {
  const tags = Object.keys(entity).filter(isTag)
  if (tags.length !== 1) throw new Fault(noTag({ found: tags.length }))
  return elementsText(entity, attributeText(Object.entries(rootAttributes).map(attributeEntry)))
}

/** All entities in one document, in pieces: what stands before them, an entity, and what stands behind them. */
export function documentParts(config: JsonObject): {
  readonly begin: string
  readonly one: (entity: Entity) => string
  readonly end: string
} {
  const wrapper = config.wrapper
  const attributes = objectSetting(config, 'root-attributes')
  const wrapped = typeof wrapper === 'string' && wrapper !== ''
  const head = config['include-xml-decl'] === true ? declaration : ''
  if (!wrapped) return { begin: head, one: (entity) => toXml(entity, attributes), end: '' }
  const opening = `<${wrapper}${attributeText(Object.entries(attributes).map(attributeEntry))}>`
  return { begin: head + opening, one: (entity) => toXml(entity, {}), end: `</${wrapper}>` }
}

function attributeEntry([name, value]: [string, unknown]): [string, Value] {
  return [name, typeof value === 'string' ? value : variableText(value as never)]
}

function isTag(key: string): boolean {
  return key.length > 2 && key.startsWith('<') && key.endsWith('>')
}

function nameOf(tag: string): string {
  return tag.slice(1, -1)
}

/** The tags of an object; its other properties are their attributes. */
function elementsText(dict: Dict, more = ''): string {
  const attributes = more + attributesOf(dict)
  const tags = Object.keys(dict).filter(isTag)
  return tags.map((tag) => elementText(nameOf(tag), get(dict, tag) ?? null, attributes)).join('')
}

/** A literal is the text of its tag, objects are what stands inside; anything else in a list is ignored. */
function elementText(name: string, value: Value, attributes: string): string {
  if (!isDict(value) && !Array.isArray(value)) return closedElement(name, attributes, escapeText(plainText(value)))
  const dicts = (Array.isArray(value) ? value : [value]).filter((item) => isDict(item))
  // An object without tags has no place of its own for its attributes but this one.
  const bare = dicts.filter((dict) => !Object.keys(dict).some(isTag)).map(attributesOf)
  return closedElement(name, attributes + bare.join(''), dicts.map((dict) => elementsText(dict)).join(''))
}

function attributesOf(dict: Dict): string {
  return attributeText(
    Object.entries(dict).filter(([key]) => !isTag(key) && !key.startsWith('_') && !key.startsWith('$')),
  )
}

function closedElement(name: string, attributes: string, content: string): string {
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`
}

function attributeText(attributes: readonly [string, Value][]): string {
  return attributes
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => ` ${name}="${escapeText(plainText(value)).replaceAll('"', '&quot;')}"`)
    .join('')
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
