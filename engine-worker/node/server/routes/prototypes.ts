/** Templates from which forms make new systems, sources and sinks: those of the declared kinds. */
import { kindsOf } from '../../../config/model/declared.ts'
import type { KindDeclaration } from '../../../config/model/define.ts'
import { systemTypes } from '../../../config/model/field-type.ts'
import { effectiveSystem } from '../../../config/project/effective.ts'
import { put } from '../../../entity/dict.ts'
import { isObject, type JsonObject } from '../../../entity/value.ts'
import { foundOr404, jsonAnswer } from '../answer.ts'
import { type ApiRoute, param, type RouteCall, route } from '../route.ts'

export const prototypeRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/system-prototypes',
    says: 'A template of each kind of system.',
    needs: { is: 'token' },
    answer: 'list',
    run: async () => jsonAnswer(kindsOf('system').map((kind) => prototypeOf(kind, null))),
  }),
  ...(['source', 'sink'] as const).map((role) =>
    route({
      method: 'GET',
      path: `/systems/{system}/${role}-prototypes`,
      says: `A template of each kind of ${role} that goes with a system.`,
      needs: { is: 'system', may: 'read_config' },
      answer: 'list',
      run: async (call) => {
        const type = typeOf(call)
        const kinds = kindsOf(role).filter((kind) => systemTypes(kind).includes(type))
        return jsonAnswer(kinds.map((kind) => prototypeOf(kind, param(call, 'system'))))
      },
    }),
  ),
]

function typeOf(call: RouteCall): string {
  const id = param(call, 'system')
  return foundOr404(effectiveSystem(call.instance.session.project, id), 'system', id).type
}

function prototypeOf({ type, label, says, template }: KindDeclaration, system: string | null): JsonObject {
  const config: JsonObject = isObject(template) ? { ...template } : {}
  if (system !== null) put(config, 'system', system)
  return { _id: type, name: label, description: says, config }
}
