/**
 * New connectors and datatypes: a manifest, a system and pipes that a person fills in, with the names and operations
 * that documentation/connectors/connector-templates.rst describes.
 */
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { parsedForEditing, readConfig } from '../text/read-file.ts'
import { splice } from '../text/splice.ts'
import { printClientJson } from './client-json.ts'
import { type ConnectorFiles, manifestFile, readManifest } from './manifest.ts'
import { oauth2Settings } from './oauth2-settings.ts'
import { datatypePipes } from './pipes.ts'

/** How a connector signs in to its service; each with what it adds to the manifest and to the system. */
const signIns = {
  api_key: { manifest: { auth: 'api_key' }, system: { password: '$SECRET(api_key)' } },
  oauth2: {
    manifest: { auth: 'oauth2', oauth2: { login_url: '', token_url: '', scopes: [] } },
    system: { oauth2: oauth2Settings },
  },
  jwt: {
    manifest: { auth: 'api_key', auth_variant: 'jwt', jwt: { jwt_header_key: '', login_url: '', refresh_url: '' } },
    system: { jwt_access_token: '$SECRET(jwt_access_token)' },
  },
} satisfies Record<string, { manifest: JsonObject; system: JsonObject }>

/** The names of the ways to sign in. */
type SignIn = keyof typeof signIns
export const signInNames = Object.keys(signIns)

export function isSignIn(name: string): name is SignIn {
  return Object.hasOwn(signIns, name)
}

/** The path of the template of the system. */
export const systemTemplate = 'templates/system.json'

const badDatatype = problem<{ datatype: string }>({
  code: 'connector-datatype-name',
  severity: 'error',
  says: ({ datatype }) => `"${datatype}" cannot be the name of a datatype.`,
  fix: () => 'Use lower-case letters and digits only, as in "orderline".',
})

const datatypeExists = problem<{ datatype: string }>({
  code: 'connector-datatype-exists',
  severity: 'error',
  says: ({ datatype }) => `The connector already has a datatype ${datatype}.`,
})

const noOperations = problem<{ template: string }>({
  code: 'connector-operations',
  severity: 'error',
  says: ({ template }) => `The system in ${template} has no object "operations" to add to.`,
})

/** The files of a connector without datatypes. `title` is what its README calls the service. */
export function newConnector(title: string, signIn: SignIn): ConnectorFiles {
  const { manifest, system } = signIns[signIn]
  const parts = ['Description', 'Configuration', 'Datatypes', 'Environment variables', 'Authentication']
  return {
    [manifestFile]: printClientJson({
      datatypes: {},
      additional_parameters: signIn === 'oauth2' ? { token_url: {} } : {},
      'system-template': systemTemplate,
      ...manifest,
    }),
    [systemTemplate]: printClientJson({
      _id: '{{@ system @}}',
      type: 'system:rest',
      operations: {},
      url_pattern: '',
      verify_ssl: true,
      ...system,
    }),
    'README.md': `# Connector for ${title}\n\n${parts.map((part) => `## ${part}\n`).join('\n')}`,
  }
}

/**
 * The files of a connector that change when it gets a datatype: its template, the manifest, and the system with the
 * operations of the datatype. With `share`, what the model makes is also sent to the service.
 * @throws Fault with the file that cannot be used, or when the name is taken or no name of a datatype
 */
export function addDatatype(files: ConnectorFiles, datatype: string, share: boolean): ConnectorFiles {
  const manifest = readManifest(files)
  if (!/^[a-z][a-z0-9]*$/.test(datatype)) throw new Fault(badDatatype({ datatype }))
  if (manifest.datatypes.some(({ name }) => name === datatype))
    throw new Fault(datatypeExists({ datatype }, { file: manifestFile, path: ['datatypes', datatype] }))
  const template = `templates/${datatype}.json`
  const system = manifest.systemTemplate ?? systemTemplate
  return {
    [template]: printClientJson(
      datatypePipes({ key: 'id', changed: changedProperty, since: false, share, can: shareOperations, nested: false }),
    ),
    [manifestFile]: withMember(files, manifestFile, 'datatypes', { [datatype]: { template } }),
    [system]: withMember(files, system, 'operations', datatypeOperations(datatype, share)),
  }
}

/** The text of a file whose object `name` gets more members; all other text stays as it is. */
function withMember(files: ConnectorFiles, file: string, name: string, more: JsonObject): string {
  const text = Object.hasOwn(files, file) ? (files[file] ?? '') : ''
  const read = parsedForEditing(text)
  if ('problem' in read) throw new Fault({ ...read.problem, where: { ...read.problem.where, file } })
  const before = readConfig(text)
  const members = isObject(before) ? get(before, name) : undefined
  if (!isObject(before) || !isObject(members)) throw new Fault(noOperations({ template: file }, { file, path: [name] }))
  return splice(text, before, { ...before, [name]: { ...members, ...more } })
}

/** What a new datatype can do. */
const shareOperations = ['lookup', 'insert', 'update', 'delete'] as const

/** When an entity changed, as the operations of a new datatype name it. */
const changedProperty = { property: 'updated', format: '%Y-%m-%dT%H:%M:%SZ' }

function datatypeOperations(datatype: string, share: boolean): JsonObject {
  const one = `${datatype}/{{ entity.id }}`
  const list: JsonObject = {
    url: datatype,
    method: 'GET',
    payload_property: 'data',
    id_expression: '{{ id }}',
    updated_expression: '{{ updated }}',
    since_property_name: 'since',
    since_property_location: 'query',
    next_page_link: '{{ body.next }}',
    next_page_termination_strategy: ['next-page-link-empty', 'same-next-page-link'],
    page_size: 100,
  }
  const lookup: JsonObject = { url: one, method: 'GET' }
  if (!share) return { [`${datatype}-list`]: list, [`${datatype}-lookup`]: lookup }
  return {
    [`${datatype}-list`]: list,
    [`${datatype}-lookup`]: lookup,
    [`${datatype}-insert`]: { url: datatype, method: 'POST' },
    [`${datatype}-update`]: { url: one, method: 'PUT' },
    [`${datatype}-delete`]: { url: one, method: 'DELETE' },
  }
}
