/** The OpenAPI document of the routes (OpenAPI 3.1). */
import { version } from '../../../package.json'
import type { Json, JsonObject } from '../../entity/value.ts'
import type { ApiRoute, Need, Parameter } from './route.ts'

const entitySchema: JsonObject = {
  type: 'object',
  properties: {
    _id: { type: 'string' },
    _deleted: { type: 'boolean' },
    _updated: { type: 'integer' },
    _previous: { type: ['integer', 'null'] },
    _ts: { type: 'integer' },
    _hash: { type: 'string' },
  },
  additionalProperties: true,
}

const answerContents: Readonly<Record<ApiRoute['answer'], JsonObject>> = {
  object: jsonContent({ type: 'object' }),
  list: jsonContent({ type: 'array', items: {} }),
  entities: jsonContent({ type: 'array', items: { $ref: '#/components/schemas/Entity' } }),
  text: { 'text/plain': { schema: { type: 'string' } } },
  file: { '*/*': { schema: { type: 'string', format: 'binary' } } },
  nothing: {},
}

const configurationContent: JsonObject = {
  'application/json': { schema: { type: 'array', items: { type: 'object' } } },
  'application/zip': { schema: { type: 'string', format: 'binary' } },
  'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } },
}

const bodyContents: Readonly<Record<NonNullable<ApiRoute['body']>, JsonObject>> = {
  json: jsonContent({}),
  configuration: configurationContent,
  form: {},
  entities: jsonContent({ type: 'array', items: { $ref: '#/components/schemas/Entity' } }),
  any: { '*/*': { schema: { type: 'string' } } },
}

/** `server`: the address below which the routes are. */
export function openApi(routes: readonly ApiRoute[], server: string): Json {
  const paths: { [path: string]: JsonObject } = {}
  for (const one of routes) {
    const path = one.path.replace('*}', '}')
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operationOf(one) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Pipewright', version, description: "The API of a node, as Sesam's documentation describes it." },
    servers: [{ url: server }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Entity: entitySchema },
    },
  }
}

function operationOf({ method, path, says, needs, query = {}, body, form, answer }: ApiRoute): JsonObject {
  const names = [...path.matchAll(/\{(\w+)\*?\}/g)].map(([, name = '']) => name)
  const inPath = names.map((name): Json => ({ in: 'path', name, required: true, schema: { type: 'string' } }))
  const inQuery = Object.entries(query).map(([name, parameter]) => queryParameter(name, parameter))
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z]+(.)?/g, (_, next: string = '') => next.toUpperCase())}`,
    summary: says,
    description: needWords(needs),
    ...(needs.is === 'nothing' ? { security: [] } : {}),
    parameters: [...inPath, ...inQuery],
    ...(body ? { requestBody: { content: form ? formContent(form) : bodyContents[body] } } : {}),
    responses: {
      200: { description: 'OK', content: answerContents[answer] },
      ...(needs.is === 'nothing'
        ? {}
        : { 401: { description: 'No valid token.' }, 403: { description: 'Not allowed.' } }),
      ...(names.length > 0 ? { 404: { description: 'There is no such thing.' } } : {}),
    },
  }
}

function queryParameter(name: string, { type, says, required }: Parameter): Json {
  return { in: 'query', name, description: says, schema: { type }, ...(required ? { required } : {}) }
}

function formContent(form: Readonly<Record<string, string>>): JsonObject {
  const properties = Object.fromEntries(
    Object.entries(form).map(([name, says]): [string, Json] => [name, { type: 'string', description: says }]),
  )
  return { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties } } }
}

function needWords(needs: Need): string {
  switch (needs.is) {
    case 'nothing':
      return 'Needs no token.'
    case 'token':
      return 'Needs a token.'
    case 'developer':
      return 'Needs the role `group:Admin` or `group:Developer`.'
    case 'admin':
      return 'Needs the role `group:Admin`.'
    case 'everything':
      return 'Needs the role `group:Admin`; `group:Developer` is enough where no component has `permissions`.'
    default:
      return `Needs the permission \`${needs.may}\` on the ${needs.is}.`
  }
}

function jsonContent(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } }
}
