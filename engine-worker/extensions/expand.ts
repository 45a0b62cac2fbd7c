/**
 * A connector as the systems and pipes that Sesam's client expands it to: the system template, then each datatype's
 * template and a `-transform` pipe that stands for the model side while the connector is developed.
 */

import { addStep, applyCall, copyStep } from '../dtl/syntax.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { parsedForEditing } from '../text/read-file.ts'
import { printClientJson } from './client-json.ts'
import { fillTemplate } from './fill-template.ts'
import { type ConnectorFiles, type ConnectorManifest, readManifest, templateAt, templateName } from './manifest.ts'

/** What stands for the system's name while a connector is developed. */
export const defaultSystem = 'xxxxxx'

interface ExpandOptions {
  /** The name that takes the place of `{{@ system @}}`. */
  readonly system: string
  /** The profile whose variables are written, as in `<profile>-env.json`. */
  readonly profile: string
}

/** A component and what it was made from. */
export interface ExpandedComponent {
  readonly config: JsonObject
  /** Null for the pipes that every datatype gets. */
  readonly template: string | null
  /** Null for systems. */
  readonly datatype: string | null
}

const templateMissing = problem<{ template: string }>({
  code: 'connector-template-missing',
  severity: 'error',
  says: ({ template }) => `The connector has no template ${template}.`,
  fix: () => 'Correct the path in manifest.json, or add the file.',
})

const noComponent = problem<{ template: string }>({
  code: 'connector-component',
  severity: 'error',
  says: ({ template }) => `The template ${template} makes an object without a usable "_id" and "type".`,
})

/** While the connector is developed, pipes of users stay off. */
const nodeMetadata: JsonObject = { _id: 'node', type: 'metadata', task_manager: { disable_user_pipes: true } }

/** Anybody may post to a receiver of webhook events; the secret in its address protects it. */
const webhookPermissions: Json = [['allow', ['group:Anonymous'], ['write_data']]]

/**
 * The components of a connector, in the order of the manifest.
 * @throws Fault with the file that cannot be used
 */
export function expandComponents(
  files: ConnectorFiles,
  manifest: ConnectorManifest,
  system: string,
): readonly ExpandedComponent[] {
  // As in the client, a parameter stays visible to the datatypes that follow.
  const values = new Map<string, Json>([['system', system]])
  for (const name of manifest.additionalParameters) values.set(name, `$ENV(${name})`)
  const filledTemplate = (template: string, datatype: string | null, more: readonly (readonly [string, Json])[]) => {
    const text = templateAt(files, template)
    if (text === undefined) throw new Fault(templateMissing({ template }, { file: template }))
    const own = new Map([...values, ...more])
    return fillTemplate(template, text, own).map((config): ExpandedComponent => ({ config, template, datatype }))
  }
  const components = manifest.systemTemplate === null ? [] : filledTemplate(manifest.systemTemplate, null, [])
  for (const { name, template, parentValue: parent, parameters } of manifest.datatypes) {
    for (const [parameter, value] of Object.entries(parameters)) values.set(parameter, value)
    const own = filledTemplate(template, name, [
      ['datatype', name],
      ...(parent === undefined ? [] : [['parent', parent] as const]),
    ])
    const shared = templateName(template)
    components.push(
      ...own.map((each) => (shared === name ? each : { ...each, config: withComment(each.config, shared) })),
    )
    components.push({ config: transformPipe(system, name), template: null, datatype: name })
  }
  return components.map((each) => ({ ...each, config: withPermissions(each, manifest) }))
}

/**
 * The files that `expand` writes, by path below its folder. `variables` is the connector's own file of variables, if it
 * has one.
 * @throws Fault with the file that cannot be used
 */
export function expandConnector(files: ConnectorFiles, { system, profile }: ExpandOptions): ConnectorFiles {
  const manifest = readManifest(files)
  const variablesFile = `${profile}-env.json`
  const written: Record<string, string> = {
    'node-metadata.conf.json': printClientJson(nodeMetadata),
    [variablesFile]: printClientJson(variablesOf(files, variablesFile, manifest)),
  }
  for (const { config, template } of expandComponents(files, manifest, system)) {
    const path = componentPath(config)
    if (path === null) throw new Fault(noComponent({ template: template ?? '' }, { file: template ?? '' }))
    written[path] = printClientJson(config)
  }
  return written
}

/** The variables of a profile: the connector's own, or an empty text for each that is asked for. */
function variablesOf(files: ConnectorFiles, file: string, manifest: ConnectorManifest): Json {
  const own = Object.hasOwn(files, file) ? files[file] : undefined
  if (own === undefined)
    return { 'node-env': 'test', ...Object.fromEntries(manifest.additionalParameters.map((name) => [name, ''])) }
  const read = parsedForEditing(own)
  if ('problem' in read) throw new Fault({ ...read.problem, where: { ...read.problem.where, file } })
  return read.value
}

/** The path of a pipe's or system's file; null for anything else, and for names that would lead out of the folder. */
function componentPath(config: JsonObject): string | null {
  const id = get(config, '_id')
  const type = get(config, 'type')
  if (typeof id !== 'string' || typeof type !== 'string' || id === '' || /[/\\\0]/.test(id)) return null
  if (type === 'pipe') return `pipes/${id}.conf.json`
  return type.startsWith('system:') ? `systems/${id}.conf.json` : null
}

/** The client's own words, which `collapse` and people who know it look for. */
function withComment(config: JsonObject, template: string): JsonObject {
  const comment =
    `WARNING! This pipe is generated from the template of the '${template}' datatype and changes will be silently ` +
    'ignored during collapse. For more information see the connectorpy README.'
  return { ...config, comment }
}

/** Whether a pipe receives webhook events, which is told by its source and its name. */
export function isEventReceiver(config: JsonObject): boolean {
  const source = get(config, 'source')
  const id = get(config, '_id')
  const isEndpoint = isObject(source) && get(source, 'type') === 'http_endpoint'
  return isEndpoint && typeof id === 'string' && id.endsWith('event')
}

function withPermissions({ config }: ExpandedComponent, { usesWebhookSecret }: ConnectorManifest): JsonObject {
  return usesWebhookSecret && isEventReceiver(config) ? { ...config, permissions: webhookPermissions } : config
}

/** The pipe in the place of the model: it passes on what was collected, with a copy of it as `$based_on`. */
function transformPipe(system: string, datatype: string): JsonObject {
  return {
    _id: `${system}-${datatype}-transform`,
    type: 'pipe',
    source: { type: 'dataset', dataset: `${system}-${datatype}-collect`, supports_signalling: false },
    transform: {
      type: 'dtl',
      rules: {
        default: [addStep('$based_on', applyCall('based-on', '_S.')), copyStep()],
        'based-on': [copyStep('_*', '$*')],
      },
    },
  }
}
