/**
 * An expanded connector back as manifest and templates: names become variables again. Values are replaced where they
 * stand in the text, so a parameter whose value is also another word is replaced there, too, as in Sesam's client.
 */
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { compareText } from '../entity/order.ts'
import { isObject, type Json, type JsonObject, objectOrEmpty } from '../entity/value.ts'
import { Fault } from '../problem.ts'
import { parsedForEditing } from '../text/read-file.ts'
import { printClientJson } from './client-json.ts'
import { isEventReceiver } from './expand.ts'
import {
  type ConnectorFiles,
  type ConnectorManifest,
  manifestFile,
  plainPath,
  readManifest,
  templateName,
} from './manifest.ts'

const systemName = 'system'

/**
 * The files of the connector (`manifest.json` and `templates/*.json`) that the expanded files stand for. Files of the
 * connector that come from a template of another datatype stay as they are.
 * @throws Fault with the expanded file that is not valid JSON
 */
export function collapseConnector(files: ConnectorFiles, expanded: ConnectorFiles, system: string): ConnectorFiles {
  const manifest = Object.hasOwn(files, manifestFile) ? readManifest(files) : null
  const groups = groupsOf(expanded, system)
  const shared = (manifest?.datatypes ?? []).filter(({ name, template }) => templateName(template) !== name)
  for (const { name } of shared) groups.delete(name)
  const written: Record<string, string> = {}
  const used = new Set<string>()
  for (const [name, components] of groups)
    written[templatePath(manifest, name)] = templateText(name, components, manifest, system, used)
  const names = [...groups.keys(), ...shared.map(({ name }) => name)].filter((name) => name !== systemName)
  written[manifestFile] = printClientJson(manifestOf(manifest, names, used))
  return written
}

/** Components by the datatype in their names; systems are together. Pipes that every datatype gets are left out. */
function groupsOf(expanded: ConnectorFiles, system: string): Map<string, JsonObject[]> {
  const groups = new Map<string, JsonObject[]>()
  for (const path of Object.keys(expanded).sort(compareText)) {
    const [folder, file = ''] = path.split('/')
    if ((folder !== 'pipes' && folder !== 'systems') || !file.endsWith('.json')) continue
    const read = parsedForEditing(expanded[path] ?? '')
    if ('problem' in read) throw new Fault({ ...read.problem, where: { ...read.problem.where, file: path } })
    if (!isObject(read.value)) continue
    const datatype = folder === 'systems' ? systemName : datatypeOf(file)
    if (folder === 'pipes' && get(read.value, '_id') === `${system}-${datatype}-transform`) continue
    const group = groups.get(datatype) ?? []
    group.push(read.value)
    groups.set(datatype, group)
  }
  const id = (component: JsonObject) => String(get(component, '_id'))
  for (const group of groups.values()) group.sort((a, b) => compareText(id(a), id(b)))
  return groups
}

/** The datatype in the name of a file, as the client takes it: between the first and the last hyphen behind it. */
function datatypeOf(file: string): string {
  const rest = file.slice(file.indexOf('-') + 1)
  const end = rest.lastIndexOf('-')
  return end < 0 ? rest : rest.slice(0, end)
}

function templatePath(manifest: ConnectorManifest | null, name: string): string {
  if (name === systemName) return plainPath(manifest?.systemTemplate ?? `templates/${name}.json`)
  return plainPath(manifest?.datatypes.find((each) => each.name === name)?.template ?? `templates/${name}.json`)
}

function templateText(
  name: string,
  components: readonly JsonObject[],
  manifest: ConnectorManifest | null,
  system: string,
  used: Set<string>,
): string {
  const datatype = manifest?.datatypes.find((each) => each.name === name)
  const plain = components.map((each) => (isEventReceiver(each) ? withoutKey(each, 'permissions') : each))
  const [first = {}, ...others] = plain
  const warned = withWarning(first, unusedParameters(plain, datatype?.parameters ?? {}), name)
  let text = printClientJson(others.length > 0 ? [warned, ...others] : warned).replaceAll(system, '{{@ system @}}')
  for (const [parameter, value] of Object.entries(datatype?.parameters ?? {}))
    if (typeof value === 'string' && value !== '') text = text.replaceAll(value, `{{@ ${parameter} @}}`)
  text = text.replace(/\$ENV\((\w+)\)/g, (_, variable: string) => {
    used.add(variable)
    return `{{@ ${variable} @}}`
  })
  if (name !== systemName) text = text.replaceAll(name, '{{@ datatype @}}')
  if (datatype?.parent) text = text.replaceAll(datatype.parent, '{{@ parent @}}')
  return text
}

/** The parameters whose value is nowhere in the components: they have lost their place. */
function unusedParameters(components: readonly JsonObject[], parameters: JsonObject): readonly string[] {
  const text = printJson([...components])
  const values = Object.values(parameters).filter((value) => typeof value === 'string')
  return values.filter((value) => !text.includes(printJson(value).slice(1, -1)))
}

/** The client's own words, which its `validate` and ours refuse. */
function withWarning(component: JsonObject, unused: readonly string[], name: string): JsonObject {
  if (unused.length === 0) return component
  const values = unused.map((value) => `'${value.toUpperCase()}'`).join(', ')
  const warning = `WARNING! There is no use for template parameter(s) [${values}] in template: ${name.toUpperCase()}`
  const before = get(component, 'description')
  return { ...component, description: `${typeof before === 'string' ? before : ''}${warning}` }
}

function withoutKey(object: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = object
  return rest
}

/** The manifest before, with the datatypes and variables that there are now. */
function manifestOf(
  manifest: ConnectorManifest | null,
  names: readonly string[],
  used: ReadonlySet<string>,
): JsonObject {
  const before = manifest?.json ?? {}
  const described = get(before, 'additional_parameters')
  const datatypes = get(before, 'datatypes')
  const memberOf = (object: Json | undefined, name: string) => (isObject(object) ? get(object, name) : undefined)
  return {
    ...before,
    additional_parameters: Object.fromEntries([...used].map((name) => [name, memberOf(described, name) ?? {}])),
    'system-template': manifest?.systemTemplate ?? `templates/${systemName}.json`,
    datatypes: Object.fromEntries(
      names.map((name) => [name, { template: `templates/${name}.json`, ...objectOrEmpty(memberOf(datatypes, name)) }]),
    ),
  }
}
