/** Access lists by the path of what they protect; operations/security.rst, "Permissions". */
import type { Json } from '../../../entity/value.ts'
import { accessListProblem } from '../access.ts'
import { guardedBy } from '../access-lists.ts'
import { foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { bodyJson } from '../body.ts'
import type { Instance } from '../instance.ts'
import { type ApiRoute, param, type RouteCall, route } from '../route.ts'

export const permissionRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/permissions/{path*}',
    says: 'An access list: of `pipe/<id>`, `system/<id>`, `dataset/<id>`, `<kind>_prototype` or `<kind>_collection`.',
    needs: { is: 'developer' },
    answer: 'list',
    run: async (call) => {
      const path = await protectedPath(call)
      return jsonAnswer(call.instance.access.at(path) ?? configuredPermissions(call.instance, path))
    },
  }),
  route({
    method: 'PUT',
    path: '/permissions/{path*}',
    says: 'Sets an access list. It comes before `permissions` of the configuration.',
    needs: { is: 'admin' },
    body: 'json',
    answer: 'list',
    run: async (call) => {
      const path = await protectedPath(call)
      const list = bodyJson(await call.body())
      const problem = accessListProblem(list)
      if (problem !== null) throw new HttpError(400, problem)
      await call.instance.access.set(path, list, (states) => call.instance.commitStates(states))
      return jsonAnswer(list)
    },
  }),
]

/** The path of something that is there; 404 for others. */
async function protectedPath(call: RouteCall): Promise<string> {
  const path = param(call, 'path')
  const { kind, id } = foundOr404(guardedBy(path), 'access list', path)
  if (id === null) return path
  const { instance } = call
  const item = kind === 'dataset' ? await instance.datasets.find(id) : instance.configuration[kind](id)
  foundOr404(item, kind, id)
  return path
}

/** `permissions` as the configuration has them. */
function configuredPermissions({ configuration }: Instance, path: string): Json {
  const { kind, id } = guardedBy(path) ?? {}
  if (id === undefined || id === null || kind === undefined || kind === 'dataset') return []
  return configuration[kind](id)?.config.permissions ?? []
}
