/** Systems, secrets and variables; swagger_public.yaml, /systems…, /secrets…, /env…; operations/security.rst. */
import { objectSetting } from '../../../config/model/setting.ts'
import { get } from '../../../entity/dict.ts'
import { printJson } from '../../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../../entity/value.ts'
import { type Answer, foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { checkCollection, mayUse } from '../authorize.ts'
import { bodyJson } from '../body.ts'
import { systemJson } from '../pipe-view.ts'
import { type ApiRoute, type Need, param, type RouteCall, route } from '../route.ts'
import type { SecretScope } from '../secrets.ts'
import { forceParameter } from './configuration.ts'
import { addComponents, replaceComponent } from './pipes.ts'

const needsDeveloper: Need = { is: 'developer' }

export const systemRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/systems',
    says: 'All systems that the caller may see.',
    needs: { is: 'token' },
    query: {
      verbose: { type: 'boolean', says: 'Has no effect here: all is told.' },
      'include-internal-systems': { type: 'boolean', says: 'Accepted; there are none.' },
    },
    answer: 'list',
    run: async (call) => {
      checkCollection(call, 'system', 'read_config')
      const { instance, caller } = call
      const items = instance.configuration.items.filter(({ path }) => path.startsWith('systems/'))
      const seen = items.filter((item) => mayUse(instance, caller, 'read_config', item))
      return jsonAnswer(seen.map((item) => systemJson(instance, item)))
    },
  }),
  route({
    method: 'POST',
    path: '/systems',
    says: 'Adds systems. 409 if one of them already exists.',
    needs: { is: 'token' },
    query: forceParameter,
    body: 'configuration',
    answer: 'list',
    run: (call) => addComponents(call, 'systems/'),
  }),
  route({
    method: 'GET',
    path: '/systems/{system}',
    says: 'A system with its configuration; secrets are names.',
    needs: { is: 'system', may: 'read_config' },
    answer: 'object',
    run: async (call) => jsonAnswer(systemJson(call.instance, itemOfSystem(call))),
  }),
  route({
    method: 'DELETE',
    path: '/systems/{system}',
    says: 'Removes a system and its secrets.',
    needs: { is: 'system', may: 'write_config' },
    answer: 'object',
    run: async (call) => {
      const { id, path } = itemOfSystem(call)
      await call.instance.deploy(call.instance.configuration.without(new Set([path])), [], true)
      return jsonAnswer({ _id: id })
    },
  }),
  route({
    method: 'GET',
    path: '/systems/{system}/config',
    says: 'The configuration of a system as it was written.',
    needs: { is: 'system', may: 'read_config' },
    answer: 'object',
    run: async (call) => jsonAnswer(itemOfSystem(call).config),
  }),
  route({
    method: 'PUT',
    path: '/systems/{system}/config',
    says: 'Changes the configuration of a system.',
    needs: { is: 'system', may: 'write_config' },
    query: forceParameter,
    body: 'json',
    answer: 'object',
    run: async (call) => {
      await replaceComponent(call, param(call, 'system'), 'systems/')
      return jsonAnswer(systemJson(call.instance, itemOfSystem(call)))
    },
  }),
  route({
    method: 'GET',
    path: '/systems/{system}/metadata',
    says: 'What the configuration of a system says of it besides.',
    needs: { is: 'system', may: 'read_config' },
    answer: 'object',
    run: async (call) => jsonAnswer(objectSetting(itemOfSystem(call).config, 'metadata')),
  }),
  ...(['/secrets_values', '/systems/{system}/secrets_values'] as const).map((path) =>
    route({
      method: 'GET',
      path,
      says: 'The values of secrets, which this server never gives out.',
      needs: needsDeveloper,
      answer: 'object',
      run: async () => {
        throw new HttpError(403, 'This server never gives out the values of secrets.')
      },
    }),
  ),
  ...secretRoutes('/systems/{system}/secrets', { is: 'system', may: 'write_config' }, (call) => itemOfSystem(call).id),
  ...secretRoutes('/secrets', needsDeveloper, () => null),
  route({
    method: 'GET',
    path: '/env',
    says: 'The environment variables.',
    needs: { is: 'token' },
    answer: 'object',
    run: async ({ instance }) => jsonAnswer({ ...instance.variables }),
  }),
  route({
    method: 'PUT',
    path: '/env',
    says: 'Replaces all environment variables.',
    needs: needsDeveloper,
    body: 'json',
    answer: 'object',
    run: async (call) => setVariables(call, await variablesOf(call)),
  }),
  ...(['POST', 'PATCH'] as const).map((method) =>
    route({
      method,
      path: '/env',
      says: 'Adds environment variables, or changes them.',
      needs: needsDeveloper,
      body: 'json',
      answer: 'object',
      run: async (call) => setVariables(call, { ...call.instance.variables, ...(await variablesOf(call)) }),
    }),
  ),
  route({
    method: 'DELETE',
    path: '/env/{variable}',
    says: 'Removes an environment variable.',
    needs: needsDeveloper,
    answer: 'object',
    run: async (call) => {
      const name = param(call, 'variable')
      const { [name]: value, ...others } = call.instance.variables
      foundOr404(value === undefined ? null : { value }, 'variable', name)
      return setVariables(call, others)
    },
  }),
]

function itemOfSystem(call: RouteCall) {
  return foundOr404(call.instance.configuration.system(param(call, 'system')), 'system', param(call, 'system'))
}

/** The calls for the secrets of one scope: names come back, values never do. */
function secretRoutes(path: string, needs: Need, scopeOf: (call: RouteCall) => SecretScope): readonly ApiRoute[] {
  const namesAnswer = (call: RouteCall): Answer => jsonAnswer([...call.instance.secrets.names(scopeOf(call))])
  const setSecrets = async (call: RouteCall, replaces: boolean): Promise<Answer> => {
    const { secrets } = call.instance
    const scope = scopeOf(call)
    const values = secretValues(bodyJson(await call.body()))
    const gone = replaces ? secrets.names(scope).filter((name) => !Object.hasOwn(values, name)) : []
    await call.instance.changeSecrets([...secrets.delete(scope, gone), ...secrets.set(scope, values)])
    return namesAnswer(call)
  }
  return [
    route({
      method: 'GET',
      path,
      says: 'The names of secrets.',
      needs,
      answer: 'list',
      run: async (call) => namesAnswer(call),
    }),
    route({
      method: 'PUT',
      path,
      says: 'Replaces all secrets.',
      needs,
      body: 'json',
      answer: 'list',
      run: (call) => setSecrets(call, true),
    }),
    route({
      method: 'POST',
      path,
      says: 'Adds secrets, or changes them.',
      needs,
      body: 'json',
      answer: 'list',
      run: (call) => setSecrets(call, false),
    }),
    route({
      method: 'DELETE',
      path: `${path}/{secret}`,
      says: 'Removes a secret.',
      needs,
      answer: 'list',
      run: async (call) => {
        const { secrets } = call.instance
        const scope = scopeOf(call)
        const name = param(call, 'secret')
        foundOr404(secrets.value(scope, name), 'secret', name)
        await call.instance.changeSecrets(secrets.delete(scope, [name]))
        return namesAnswer(call)
      },
    }),
  ]
}

/** Secrets as an object, or as a list of objects. */
function secretValues(json: Json): Record<string, string> {
  const objects = Array.isArray(json) ? json : [json]
  const values = new Map<string, string>()
  for (const one of objects) {
    if (!isObject(one)) throw new HttpError(400, 'Secrets must be a JSON object: names with values.')
    for (const name of Object.keys(one)) {
      const value = get(one, name) ?? null
      values.set(name, typeof value === 'string' ? value : printJson(value))
    }
  }
  return Object.fromEntries(values)
}

async function variablesOf(call: RouteCall): Promise<JsonObject> {
  const json = bodyJson(await call.body())
  if (!isObject(json)) throw new HttpError(400, 'Variables must be a JSON object: names with values.')
  return json
}

async function setVariables({ instance }: RouteCall, variables: { readonly [name: string]: Json }): Promise<Answer> {
  await instance.setVariables(variables)
  return jsonAnswer({ ...variables })
}
