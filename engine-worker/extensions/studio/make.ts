/** The files of a connector that was designed: manifest, templates, README and the example answers that it was tried with. */
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { printClientJson } from '../client-json.ts'
import { answersFile } from '../examples.ts'
import { type ConnectorFiles, manifestFile } from '../manifest.ts'
import { oauth2Settings } from '../oauth2-settings.ts'
import { datatypePipes } from '../pipes.ts'
import { systemTemplate } from '../scaffold.ts'
import { keyMark, parentMark, type StudioDatatype, type StudioDraft } from './draft.ts'
import { operationVerbs } from './groups.ts'
import { schemaMember } from './paging.ts'
import type { ServiceSignIn } from './service.ts'
import { sinceLocation } from './since.ts'

/** What a way to sign in adds to manifest, system and each operation. */
interface SignInParts {
  readonly manifest: JsonObject
  readonly system: JsonObject
  readonly operation: JsonObject
}

const apiKeySecret = '$SECRET(api_key)'

function signInParts(signIn: ServiceSignIn): SignInParts {
  const manifest = { auth: 'api_key' }
  switch (signIn.way) {
    case 'none':
      return { manifest, system: {}, operation: {} }
    case 'bearer':
      return { manifest, system: { authentication: 'jwt', jwt_token: apiKeySecret }, operation: {} }
    case 'basic':
      return {
        manifest,
        system: { authentication: 'basic', username: '{{@ username @}}', password: apiKeySecret },
        operation: {},
      }
    case 'header':
      return { manifest, system: { headers: { [signIn.name]: apiKeySecret } }, operation: {} }
    case 'query':
      return { manifest, system: {}, operation: { [signIn.name]: apiKeySecret } }
    case 'oauth2':
      return {
        manifest: {
          auth: 'oauth2',
          oauth2: { login_url: signIn.loginUrl, token_url: signIn.tokenUrl, scopes: [...signIn.scopes] },
        },
        system: {
          oauth2: {
            ...oauth2Settings,
            ...(signIn.scopes.length > 0 ? { scope: [...signIn.scopes] } : {}),
          },
        },
        operation: {},
      }
  }
}

/** The datatypes that are made: those that are on and the parents that feed them. */
function chosenDatatypes({ datatypes }: StudioDraft): readonly StudioDatatype[] {
  const wanted = new Set(datatypes.filter(({ isOn }) => isOn).map(({ name }) => name))
  for (const { name, parent } of datatypes) if (wanted.has(name) && parent !== null) wanted.add(parent)
  return datatypes.filter(({ name }) => wanted.has(name))
}

/** Whether a datatype can be shared back: something is looked up before it is sent. */
function canShare({ operations, parent }: StudioDatatype): boolean {
  const hasOperation = (verb: 'lookup' | 'insert' | 'update') => operations[verb]?.isOn === true
  return parent === null && hasOperation('lookup') && (hasOperation('insert') || hasOperation('update'))
}

/** The files of the connector by path, relative to its folder. */
export function connectorOfDraft(draft: StudioDraft): ConnectorFiles {
  const { title, address, signIn } = draft
  const parts = signInParts(signIn)
  const chosen = chosenDatatypes(draft)
  const operations = Object.fromEntries(chosen.flatMap((datatype) => operationsOf(datatype, draft, parts.operation)))
  const system: JsonObject = {
    _id: '{{@ system @}}',
    type: 'system:rest',
    url_pattern: `${address === '' ? '{{@ base_url @}}' : address}/%s`,
    verify_ssl: true,
    operations,
    ...parts.system,
  }
  const templates = chosen.map((datatype) => [`templates/${datatype.name}.json`, templateOf(datatype)] as const)
  const texts: Readonly<Record<string, string>> = {
    [systemTemplate]: printClientJson(system),
    ...Object.fromEntries(templates),
  }
  const manifest: JsonObject = {
    datatypes: Object.fromEntries(chosen.map((each) => [each.name, manifestEntry(each)])),
    additional_parameters: Object.fromEntries(variablesOf(Object.values(texts)).map((name) => [name, {}])),
    'system-template': systemTemplate,
    ...parts.manifest,
  }
  return {
    [manifestFile]: printClientJson(manifest),
    ...texts,
    'README.md': readmeOf(title, chosen),
    ...Object.fromEntries(
      chosen.flatMap(({ name, answers }) => (answers === '' ? [] : [[answersFile(name), answers]])),
    ),
  }
}

function manifestEntry({ name, label, parent }: StudioDatatype): JsonObject {
  return { template: `templates/${name}.json`, label, ...(parent === null ? {} : { parent }) }
}

/** The operations that are on, with the paging and the position of the list. */
function operationsOf(
  datatype: StudioDatatype,
  { datatypes }: StudioDraft,
  signInParams: JsonObject,
): readonly (readonly [string, JsonObject])[] {
  const parent = datatypes.find(({ name }) => name === datatype.parent)
  return operationVerbs.flatMap((verb) => {
    const operation = datatype.operations[verb]
    if (operation?.isOn !== true) return []
    const config =
      verb === 'list' ? listOperation(datatype, operation.config) : withWrapper(datatype, verb, operation.config)
    return [
      [
        `${datatype.name}-${verb}`,
        withPlaceholders(withParams(config, signInParams), datatype.key, parent?.key ?? ''),
      ] as const,
    ]
  })
}

function listOperation(datatype: StudioDatatype, config: JsonObject): JsonObject {
  const { params = {}, ...paging } = datatype.pagings[datatype.paging] ?? {}
  const position: JsonObject =
    datatype.since === null || datatype.changed === null
      ? {}
      : {
          since_property_name: datatype.since,
          since_property_location: sinceLocation(datatype.since),
          updated_expression: propertyTemplate(datatype.changed),
        }
  return withParams({ ...config, id_expression: propertyTemplate(datatype.key), ...paging, ...position }, params)
}

/** The operation with the keys of entities in the places that are marked for them. */
function withPlaceholders(config: JsonObject, key: string, parentKey: string): JsonObject {
  const entityPlaceholder = (property: string) => `{{ entity${schemaMember(property)} }}`
  const filledIn = (value: Json): Json =>
    typeof value === 'string'
      ? value.replaceAll(keyMark, entityPlaceholder(key)).replaceAll(parentMark, entityPlaceholder(parentKey))
      : value
  const filled = ['url', 'next_page_link'].flatMap((name): [string, Json][] => {
    const value = config[name]
    return value === undefined ? [] : [[name, filledIn(value)]]
  })
  const params = Object.entries(objectOf(config.params)).map(([name, value]) => [name, filledIn(value)] as const)
  return {
    ...config,
    ...Object.fromEntries(filled),
    ...(params.length === 0 ? {} : { params: Object.fromEntries(params) }),
  }
}

/** Names that templates of operations have another meaning for. */
const reservedName =
  /^(?:body|url|request_params|properties|since|headers|entity|page|page_size|previous_\w+|is_first_page|true|false|none|not|and|or|in|is|if|else)$/i

/** The template that gives a property of an entity. */
function propertyTemplate(property: string): string {
  const isPlain = /^[A-Za-z_]\w*$/.test(property) && !reservedName.test(property)
  return `{{ ${isPlain ? property : `entity${schemaMember(property)}`} }}`
}

/** A request whose body has the entity inside of one property. */
function withWrapper({ wrapper }: StudioDatatype, verb: string, config: JsonObject): JsonObject {
  if (wrapper === null || (verb !== 'insert' && verb !== 'update')) return config
  return { ...config, payload: { [wrapper]: `sesam:markjson{{ entity.${sentProperty} | tojson }}` } }
}

/** The property that carries what is sent where the body is made by the operation. */
const sentProperty = 'sent'

function withParams(config: JsonObject, more: Json): JsonObject {
  const params = { ...objectOf(config.params), ...objectOf(more) }
  return Object.keys(params).length === 0 ? config : { ...config, params }
}

function objectOf(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}

function templateOf(datatype: StudioDatatype): string {
  const { changed } = datatype
  const format = datatype.changeProperties.find(({ property }) => property === changed)?.format ?? null
  const { update } = datatype.operations
  const isReplaced = update?.config.method === 'PUT'
  const pipes = datatypePipes({
    key: datatype.key,
    changed: changed === null || format === null ? null : { property: changed, format },
    since: datatype.since !== null && changed !== null,
    share: datatype.writes && canShare(datatype),
    can: (['lookup', 'insert', 'update', 'delete'] as const).filter((verb) => datatype.operations[verb]?.isOn === true),
    nested: datatype.parent !== null,
    shareProperties: {
      ...(isReplaced ? { client_side_patching: true } : {}),
      ...(datatype.wrapper === null ? {} : { payload_property: sentProperty }),
    },
  })
  return printClientJson(pipes)
}

/** The variables that templates ask for, besides those that every connector has. */
function variablesOf(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => [...text.matchAll(/\{\{@ (\w+) @\}\}/g)].map(([, name = '']) => name))
  const given = new Set(['system', 'datatype', 'parent'])
  return [...new Set(found)].filter((name) => !given.has(name)).sort()
}

function readmeOf(title: string, datatypes: readonly StudioDatatype[]): string {
  const plain = title.replace(/[\r\n<>]+/g, ' ')
  const rows = datatypes.map(({ name, label, operations }) => {
    const done = operationVerbs.filter((verb) => operations[verb]?.isOn === true)
    return `| ${name} | ${label} | ${done.join(', ')} |`
  })
  return `# Connector for ${plain}\n\n| datatype | label | operations |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}
