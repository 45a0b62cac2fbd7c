/** The manifest of a connector (documentation/connectors/connector-manifest.rst): untrusted, read member by member. */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { parsedForEditing } from '../text/read-file.ts'

export const manifestFile = 'manifest.json'

/** A datatype of a connector: one template filled in with its name and parameters. */
interface ConnectorDatatype {
  readonly name: string
  /** Path of the template, relative to the connector. */
  readonly template: string
  /** The datatype whose collect dataset feeds this one. */
  readonly parent: string | null
  /** What stands for `{{@ parent @}}`: any value that is written there, also null; undefined where there is none. */
  readonly parentValue: Json | undefined
  /** Texts, numbers and booleans that stand for `{{@ key @}}`. */
  readonly parameters: JsonObject
}

export interface ConnectorManifest {
  /** Null where the connector has no system of its own. */
  readonly systemTemplate: string | null
  readonly datatypes: readonly ConnectorDatatype[]
  /** Names that stand for an environment variable of that name. */
  readonly additionalParameters: readonly string[]
  readonly usesWebhookSecret: boolean
  /** The whole manifest as it is written. */
  readonly json: JsonObject
}

/** The files of a connector by their paths, relative to its folder. */
export type ConnectorFiles = Readonly<Record<string, string>>

const connectorProblem = problem<{ reason: string }>({
  code: 'connector-manifest',
  severity: 'error',
  says: ({ reason }) => `The manifest of the connector cannot be used: ${reason}.`,
  fix: () => 'Compare manifest.json with documentation/connectors/connector-manifest.rst.',
})

/**
 * The manifest among the files of a connector.
 * @throws Fault `connector-manifest`, or a problem of JSON, with the file
 */
export function readManifest(files: ConnectorFiles): ConnectorManifest {
  const text = Object.hasOwn(files, manifestFile) ? files[manifestFile] : undefined
  if (text === undefined) throw manifestFault('there is no manifest.json')
  const read = parsedForEditing(text)
  if ('problem' in read) throw new Fault({ ...read.problem, where: { ...read.problem.where, file: manifestFile } })
  if (!isObject(read.value)) throw manifestFault('it is not an object')
  const json = read.value
  const datatypes = get(json, 'datatypes')
  if (!isObject(datatypes)) throw manifestFault('"datatypes" is not an object', ['datatypes'])
  // The documentation's table writes `system_template`, its example and Sesam's client `system-template`.
  const systemTemplate = get(json, 'system-template') ?? get(json, 'system_template') ?? null
  const additional = get(json, 'additional_parameters') ?? {}
  if (!isObject(additional) || get(json, 'additional_parameters') === null)
    throw manifestFault('"additional_parameters" is not an object', ['additional_parameters'])
  if (systemTemplate !== null && typeof systemTemplate !== 'string')
    throw manifestFault('"system-template" is not a path', ['system-template'])
  return {
    systemTemplate: systemTemplate === '' ? null : systemTemplate,
    datatypes: Object.entries(datatypes).map(([name, each]) => readDatatype(name, each)),
    additionalParameters: Object.keys(additional),
    usesWebhookSecret: isTruthy(get(json, 'use_webhook_secret') ?? null),
    json,
  }
}

function readDatatype(name: string, json: Json): ConnectorDatatype {
  const path = ['datatypes', name]
  if (!isObject(json)) throw manifestFault(`the datatype ${name} is not an object`, path)
  const template = get(json, 'template')
  if (typeof template !== 'string') throw manifestFault(`the datatype ${name} has no "template"`, path)
  const given = get(json, 'parameters')
  // A list without anything in it sets nothing, as in the client.
  const parameters = given === undefined || (Array.isArray(given) && given.length === 0) ? {} : given
  if (!isObject(parameters)) throw manifestFault(`"parameters" of ${name} is not an object`, [...path, 'parameters'])
  const parent = get(json, 'parent')
  return { name, template, parent: typeof parent === 'string' ? parent : null, parentValue: parent, parameters }
}

/** Whether Python takes a value for true. */
function isTruthy(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.keys(value).length > 0
  return value !== null && value !== false && value !== '' && Number(value) !== 0
}

/** The text of a template by its path, which may begin or go on with `./` or `//`; undefined where there is none. */
export function templateAt(files: ConnectorFiles, path: string): string | undefined {
  const plain = plainPath(path)
  return plain.split('/').includes('..') || !Object.hasOwn(files, plain) ? undefined : files[plain]
}

/** A path below the folder of the connector without `./` and `//`. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

function manifestFault(reason: string, path: readonly string[] = []): Fault {
  return new Fault(connectorProblem({ reason }, { file: manifestFile, path }))
}

/** The name of a template without folders and extension; a template of another name belongs to several datatypes. */
export function templateName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
