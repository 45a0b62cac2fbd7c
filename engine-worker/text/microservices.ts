/**
 * JavaScript and WebAssembly transforms as Sesam runs them: an http transform to a microservice whose files are made here
 * (configuration-transforms-http.rst, configuration-systems-microservice.rst). The program stays as it is.
 */

import { textSetting } from '../config/model/setting.ts'
import { microserviceFile } from '../config/project/own-files.ts'
import type { FileContent } from '../config/project/read.ts'
import { decodeBase64 } from '../entity/base64.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { formatPart } from './format.ts'
import { addComponent, componentValue, putFile, putValue } from './project.ts'
import type { Project } from './project-files.ts'

const PROGRAM_TYPES: readonly unknown[] = ['javascript', 'wasm']
const PORT = 5000

/** The same for a module in WebAssembly: the calls that connectors/sandbox/wasm.ts makes. */
const WASM_TRANSFORM = `const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const compiled = new WebAssembly.Module(readFileSync(join(__dirname, 'transform.wasm')))

function transform(entity) {
  const { memory, alloc, transform } = new WebAssembly.Instance(compiled, {}).exports
  const given = Buffer.from(JSON.stringify(entity))
  const pointer = alloc(given.length) >>> 0
  new Uint8Array(memory.buffer).set(given, pointer)
  const place = transform(pointer, given.length)
  const [from, length] = [Number(BigInt.asUintN(32, place >> 32n)), Number(BigInt.asUintN(32, place))]
  return JSON.parse(Buffer.from(new Uint8Array(memory.buffer, from, length)).toString())
}

module.exports = { transform }
`

/** The program behind a server for the protocol of http transforms, which needs Node alone. */
const SERVER = `const { createServer } = require('node:http')
const { transform } = require('./transform.js')

function results(entity) {
  const result = transform(entity)
  if (result === null || result === undefined) return []
  if (!Array.isArray(result)) return [{ _id: entity._id, ...result }]
  return result.length === 1 ? [{ _id: entity._id, ...result[0] }] : result
}

createServer(async (request, response) => {
  try {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const entities = JSON.parse(Buffer.concat(chunks).toString() || '[]')
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(entities.flatMap(results)))
  } catch (error) {
    response.writeHead(500, { 'Content-Type': 'text/plain' })
    response.end(String(error))
  }
}).listen(${PORT})
`

const DOCKERFILE = `FROM node:22-alpine
WORKDIR /service
COPY transform.js server.js ./
USER node
EXPOSE ${PORT}
CMD ["node", "server.js"]
`

/** The project with its JavaScript transforms as microservices, and the names of those. */
export function microservicesOf(project: Project): { readonly project: Project; readonly systems: readonly string[] } {
  const systems: string[] = []
  let result = project
  for (const component of Object.values(project.components)) {
    if (component.kind !== 'pipe') continue
    const pipe = componentValue(component)
    const microserviceSystems: { readonly system: string; readonly config: JsonObject }[] = []
    const transform = withHttpTransforms(get(pipe, 'transform'), (config) => {
      const system = unusedName(
        config,
        component.id,
        [...systems, ...microserviceSystems.map((each) => each.system)],
        result,
      )
      microserviceSystems.push({ system, config })
      return system
    })
    if (microserviceSystems.length === 0 || transform === undefined) continue
    result = putValue(result, component.key, { ...pipe, transform })
    for (const { system, config } of microserviceSystems) {
      systems.push(system)
      result = addComponent(result, {
        _id: system,
        type: 'system:microservice',
        docker: { image: textSetting(config, 'image', `${system}:latest`), port: PORT },
      }).project
      const folder = `${project.root}microservices/${system}/`
      const isModule = get(config, 'type') === 'wasm'
      const manifest = manifestOf(system, textSetting(config, 'image', `${system}:latest`))
      const files: readonly (readonly [string, FileContent])[] = [
        ...(isModule ? moduleFiles(config) : [['transform.js', programOf(config)] as const]),
        ['server.js', SERVER],
        ['Dockerfile', isModule ? DOCKERFILE.replace('transform.js', 'transform.js transform.wasm') : DOCKERFILE],
        [microserviceFile, `${formatPart(manifest)}\n`],
      ]
      for (const [name, content] of files) result = putFile(result, folder + name, content).value
    }
  }
  return { project: result, systems }
}

function programOf(config: JsonObject): string {
  return `${textSetting(config, 'code', '').trimEnd()}\n\nmodule.exports = { transform }\n`
}

function moduleFiles(config: JsonObject): readonly (readonly [string, FileContent])[] {
  const bytes = decodeBase64(textSetting(config, 'module', '').replace(/\s+/g, '')) ?? new Uint8Array()
  return [
    ['transform.js', WASM_TRANSFORM],
    ['transform.wasm', bytes],
  ]
}

/** The manifest of the microservice, so that its system and the transform are checked like any other. */
function manifestOf(title: string, image: string): JsonObject {
  return { title, docker: { image, port: PORT }, paths: { transform: { uses: ['transform'] } } }
}

/** Transforms with http transforms in the place of JavaScript ones. */
function withHttpTransforms(transform: Json | undefined, systemOf: (config: JsonObject) => string): Json | undefined {
  if (Array.isArray(transform)) return transform.map((each) => withHttpTransforms(each, systemOf) ?? null)
  if (!isObject(transform) || !PROGRAM_TYPES.includes(get(transform, 'type'))) return transform
  const [trigger, comment] = [get(transform, 'trigger_on'), get(transform, 'comment')]
  return {
    type: 'http',
    system: systemOf(transform),
    url: 'transform',
    side_effects: false,
    ...(trigger === undefined ? {} : { trigger_on: trigger }),
    ...(comment === undefined ? {} : { comment }),
  }
}

/** The name that the transform gives its microservice, or one of the pipe: a host name that nothing else has. */
function unusedName(config: JsonObject, pipe: string, taken: readonly string[], { components }: Project): string {
  const used = new Set([...taken, ...Object.values(components).map(({ id }) => id)])
  const wanted = textSetting(config, 'system') ?? `${pipe}-transform`
  const name =
    wanted
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 60) || 'transform'
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}-${number}`
    if (!used.has(free)) return free
  }
}
