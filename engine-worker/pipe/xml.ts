/** Entities as XML: properties in angle brackets are tags, other properties attributes; configuration-sinks-xml.rst. */
import { get } from '../entity/dict.ts'
import { type Dict, type Entity, isDict, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { object } from './fields.ts'
import { plainText } from './plain.ts'
import { asText } from './variables.ts'

const noTag = problem<{ found: number }>({
  code: 'xml-no-tag',
  severity: 'error',
  says: ({ found }) => `An entity for XML needs exactly one property in angle brackets, here are ${found}.`,
  fix: () => 'Give the entity one property such as "<customer>" that holds its content.',
})

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** The element of an entity; attributes for the root come first. */
export function toXml(entity: Entity, rootAttributes: JsonObject): string {
  const tags = Object.keys(entity).filter(isTag)
  const [tag] = tags
  if (tag === undefined || tags.length !== 1) throw new Fault(noTag({ found: tags.length }))
  const own = Object.entries(entity).filter(([key]) => !isTag(key) && !key.startsWith('_') && !key.startsWith('$'))
  const attributes = attributeText([...Object.entries(rootAttributes).map(named), ...own])
  const value = entity[tag] ?? null
  // The entity's own attributes stand on its tag; those of objects inside a list are attributes of it as well.
  const items = (Array.isArray(value) ? value : [value]).filter((item) => !Array.isArray(item))
  return items.map((item) => element(nameOf(tag), item, attributes)).join('')
}

/** All entities in one document. */
export function document(entities: readonly Entity[], config: JsonObject): string {
  const wrapper = config.wrapper
  const attributes = object(config, 'root-attributes')
  const wrapped = typeof wrapper === 'string' && wrapper !== ''
  const content = entities.map((entity) => toXml(entity, wrapped ? {} : attributes)).join('')
  const head = config['include-xml-decl'] === true ? declaration : ''
  if (!wrapped) return head + content
  return `${head}<${wrapper}${attributeText(Object.entries(attributes).map(named))}>${content}</${wrapper}>`
}

function named([name, value]: [string, unknown]): [string, Value] {
  return [name, typeof value === 'string' ? value : asText(value as never)]
}

function isTag(key: string): boolean {
  return key.length > 2 && key.startsWith('<') && key.endsWith('>')
}

function nameOf(tag: string): string {
  return tag.slice(1, -1)
}

function element(name: string, value: Value, attributes: string): string {
  if (!isDict(value)) return closed(name, attributes, escapeText(plainText(value)))
  const own = Object.entries(value).filter(([key]) => !isTag(key) && !key.startsWith('_') && !key.startsWith('$'))
  return closed(name, attributes + attributeText(own), children(value))
}

function children(dict: Dict): string {
  let text = ''
  for (const key of Object.keys(dict).filter(isTag)) {
    const value = get(dict, key) ?? null
    if (!Array.isArray(value)) text += element(nameOf(key), value, '')
    else text += listElement(nameOf(key), value)
  }
  return text
}

/** A list of objects that hold only tags is the content of one element; other objects are an element each. */
function listElement(name: string, items: readonly Value[]): string {
  const dicts = items.filter((item) => isDict(item))
  const onlyTags = dicts.length > 0 && dicts.every((item) => Object.keys(item).every(isTag))
  if (onlyTags) return closed(name, '', dicts.map(children).join(''))
  return dicts.map((item) => element(name, item, '')).join('')
}

function closed(name: string, attributes: string, content: string): string {
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
