/** Descriptions of services in other forms than those that are read: named, so that nobody takes them for an answer. */
import { get } from '../../entity/dict.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { problem } from '../../problem.ts'

/** The problem of a description in another form. */
export const otherFormat = problem<{ format: string }>({
  code: 'studio-other-format',
  severity: 'error',
  says: ({ format }) => `This is ${format}, which is not read here.`,
  fix: () => 'Give the service’s description in OpenAPI 2.0, 3.0 or 3.1, a HAR file, or an answer in JSON.',
})

const byText: readonly (readonly [RegExp, string])[] = [
  [/^\s*<[^>]*\b(?:wsdl:)?definitions\b/i, 'WSDL'],
  [/^\s*<(?:!doctype|html)\b/i, 'a page in HTML'],
  [/^\s*</, 'XML'],
  [/^#%RAML/, 'RAML'],
  [/^asyncapi\s*:/m, 'AsyncAPI'],
  [/^FORMAT:\s*1A/m, 'API Blueprint'],
  [/^\s*(?:"""|schema\s*\{|type\s+Query\b)/, 'a GraphQL schema'],
]

/** What a text is where its beginning tells that it is neither JSON nor OpenAPI; null otherwise. */
export function formatOfText(text: string): string | null {
  const start = text.slice(0, 2_000).replace(/^\uFEFF/, '')
  return byText.find(([signs]) => signs.test(start))?.[1] ?? null
}

/** What JSON is where it describes a service in another form; null otherwise. */
export function formatOfJson(json: Json): string | null {
  if (!isObject(json)) return null
  const version = get(json, 'openapi') ?? get(json, 'swagger')
  if (version !== undefined && get(json, 'paths') !== undefined) return `OpenAPI ${String(version).slice(0, 20)}`
  if (get(json, 'swaggerVersion') !== undefined) return `Swagger ${String(get(json, 'swaggerVersion')).slice(0, 20)}`
  if (get(json, 'asyncapi') !== undefined) return 'AsyncAPI'
  const info = get(json, 'info')
  const isPostman = isObject(info) && /postman/i.test(`${Object.keys(info).join(' ')} ${get(info, 'schema') ?? ''}`)
  if (isPostman && Array.isArray(get(json, 'item'))) return 'a collection of Postman'
  const data = get(json, 'data') ?? json
  return isObject(data) && isObject(get(data, '__schema')) ? 'a GraphQL schema' : null
}
