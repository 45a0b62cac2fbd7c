/** Reads manifests of microservices, which are untrusted, and says what is wrong with them. */
import { nearest } from '../../dtl/nearest.ts'
import { get } from '../../entity/dict.ts'
import { isLiteralSecret } from '../../entity/secrets.ts'
import { isObject, type Json } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { locate, type Problem, problem, renameTo } from '../../problem.ts'
import { iconFault } from '../model/icons.ts'
import { microserviceFile } from '../project/own-files.ts'
import type { FileContents } from '../project/read.ts'
import { readJsonFile } from '../project/read.ts'
import { imageRepository } from './image.ts'
import { type Microservice, type MicroserviceManifest, microserviceShape } from './manifest.ts'

const brokenManifest = problem<{ reason: string }>({
  code: 'microservice-manifest',
  severity: 'error',
  says: ({ reason }) => `The manifest of the microservice cannot be used: ${reason}.`,
  fix: () => 'Compare it with microservice.schema.json.',
})
const unknownEntity = problem<{ entity: string; suggestion: string }>({
  code: 'microservice-unknown-entity',
  severity: 'error',
  says: ({ entity }) => `The manifest describes no entity ${entity}.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Describe it in entities.' : `Did you mean ${suggestion}?`),
  repair: ({ entity, suggestion }) => renameTo(entity, suggestion),
})
const noId = problem<{ entity: string }>({
  code: 'microservice-entity-without-id',
  severity: 'error',
  says: ({ entity }) => `The schema of ${entity} does not require a text _id, which every entity has.`,
  fix: () => 'Add _id to properties, with the type string, and to required.',
})
const badExample = problem<{ entity: string; missing: string }>({
  code: 'microservice-example',
  severity: 'error',
  says: ({ entity, missing }) => `An example of ${entity} has no ${missing}, which its schema requires.`,
})
const secretDefault = problem<{ name: string }>({
  code: 'microservice-secret-default',
  severity: 'error',
  says: ({ name }) => `The manifest holds a value of the secret ${name}.`,
  fix: () => 'Remove default: a secret is given by who uses the microservice.',
})
const badPath = problem<{ path: string }>({
  code: 'microservice-path',
  severity: 'error',
  says: ({ path }) => `${path} is not a path of a microservice: it must be relative, without "..", a host or spaces.`,
})
const sameImage = problem<{ image: string; other: string }>({
  code: 'microservice-image-twice',
  severity: 'warning',
  says: ({ image, other }) => `${other} describes the image ${image} too; that manifest counts.`,
  fix: () => 'Keep one of them.',
})

/** Characters of a manifest. */
const MAX_CHARACTERS = 1_000_000
/** Paths, variables and entities of one manifest, each. */
const MAX_MICROSERVICES = 500

interface MicroserviceReading {
  readonly manifest: MicroserviceManifest | null
  readonly problems: readonly Problem[]
}

/** A manifest from its text; null where it cannot be used. Each problem has `file` and its place. */
export function readMicroservice(text: string, file: string): MicroserviceReading {
  if (text.length > MAX_CHARACTERS)
    return { manifest: null, problems: [brokenManifest({ reason: 'it is larger than 1 MB' }, { file })] }
  const problems: Problem[] = []
  const json = readJsonFile(file, text, (found) => problems.push(found))
  if (json === undefined) return { manifest: null, problems }
  const manifest = microserviceShape.read(json, { at: [], report: (found) => problems.push(locate(found, { file })) })
  if (manifest === undefined) return { manifest: null, problems }
  const report = (found: Problem, path: JsonPath) => problems.push(locate({ ...found, where: { path } }, { file }))
  checkManifest(manifest, report)
  return { manifest, problems }
}

function checkManifest(manifest: MicroserviceManifest, report: (found: Problem, path: JsonPath) => void): void {
  const { environment = {}, paths = {}, entities = {}, icon } = manifest
  const fault = icon === undefined ? null : iconFault(icon)
  if (fault !== null) report(brokenManifest({ reason: `icon: ${fault}` }), ['icon'])
  for (const [key, part] of Object.entries({ environment, paths, entities }))
    if (Object.keys(part).length > MAX_MICROSERVICES)
      report(brokenManifest({ reason: `${key} has more than ${MAX_MICROSERVICES} entries` }), [key])
  for (const [name, { secret, default: value }] of Object.entries(environment))
    if (secret && typeof value === 'string' && isLiteralSecret(value))
      report(secretDefault({ name }), ['environment', name, 'default'])
  for (const [path, { entity, gives }] of Object.entries(paths)) {
    if (!/^(?!.*\.\.)[^\s:/\\?#][^\s:\\#]*$/.test(path) && path !== '') report(badPath({ path }), ['paths', path])
    for (const [key, name] of Object.entries({ entity, gives })) {
      if (name === undefined || Object.hasOwn(entities, name)) continue
      const suggestion = nearest(name, Object.keys(entities)) ?? ''
      report(unknownEntity({ entity: name, suggestion }), ['paths', path, key])
    }
  }
  for (const [entity, schema] of Object.entries(entities))
    if (requiresId(schema)) checkExamples(entity, schema, report)
    else report(noId({ entity }), ['entities', entity])
}

function checkExamples(entity: string, schema: Json, report: (found: Problem, path: JsonPath) => void): void {
  const [needed, examples] = isObject(schema) ? [get(schema, 'required'), get(schema, 'examples')] : []
  for (const [index, example] of (Array.isArray(examples) ? examples : []).entries()) {
    const missing = (Array.isArray(needed) ? needed : []).find(
      (name) => typeof name === 'string' && !(isObject(example) && Object.hasOwn(example, name)),
    )
    if (missing !== undefined)
      report(badExample({ entity, missing: String(missing) }), ['entities', entity, 'examples', index])
  }
}

function requiresId(schema: Json): boolean {
  if (!isObject(schema)) return false
  const [needed, properties] = [get(schema, 'required'), get(schema, 'properties')]
  const id = isObject(properties) ? get(properties, '_id') : undefined
  return Array.isArray(needed) && needed.includes('_id') && isObject(id) && get(id, 'type') === 'string'
}

interface ProjectMicroservices {
  readonly microservices: readonly Microservice[]
  readonly problems: readonly Problem[]
}

const readings = new Map<string, { readonly text: string; readonly reading: MicroserviceReading }>()

/** The manifests of a project; read once for each text. */
export function microservicesIn(files: FileContents): ProjectMicroservices {
  const problems: Problem[] = []
  const byImage = new Map<string, Microservice>()
  for (const [file, text] of Object.entries(files)) {
    const [, name] = /^microservices\/([^/]+)\/([^/]+)$/.exec(file) ?? []
    if (name === undefined || !file.endsWith(`/${microserviceFile}`) || typeof text !== 'string') continue
    const { manifest, problems: found } = readOnce(text, file)
    problems.push(...found)
    if (manifest === null) continue
    const image = imageRepository(manifest.docker.image)
    const other = byImage.get(image)
    if (other) problems.push(sameImage({ image, other: other.file }, { file, path: ['docker', 'image'] }))
    else byImage.set(image, { name, file, manifest })
  }
  return { microservices: [...byImage.values()], problems }
}

function readOnce(text: string, file: string): MicroserviceReading {
  const known = readings.get(file)
  if (known?.text === text) return known.reading
  const reading = readMicroservice(text, file)
  if (readings.size > 200) readings.clear()
  readings.set(file, { text, reading })
  return reading
}
