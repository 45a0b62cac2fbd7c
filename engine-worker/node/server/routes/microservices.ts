/** What Sesam does with its microservices: their logs, their start, requests to them; swagger_public.yaml, /systems…. */

import type { EffectiveSystem } from '../../../config/project/effective.ts'
import { effectiveSystem } from '../../../config/project/effective.ts'
import { foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { type ApiRoute, param, type RouteCall, route, textParameter } from '../route.ts'

const NOTHING_STARTED = 'This server starts no containers.'

export const microserviceRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/systems/{system}/status',
    says: 'Whether a system runs. Systems here are addresses; nothing is started for them.',
    needs: { is: 'system', may: 'read_config' },
    answer: 'object',
    run: async (call) => jsonAnswer({ running: false, type: systemOf(call).type, message: NOTHING_STARTED }),
  }),
  route({
    method: 'GET',
    path: '/systems/{system}/logs',
    says: 'The log of a microservice; empty, since this server starts no containers.',
    needs: { is: 'system', may: 'read_config' },
    query: { since: { type: 'string', says: 'Only lines after this time (ISO 8601).' } },
    answer: 'text',
    run: async (call) => {
      microserviceOf(call)
      const since = textParameter(call, 'since')
      if (since !== undefined && since !== '' && Number.isNaN(Date.parse(since)))
        throw new HttpError(400, 'since must be a time such as 2026-11-08T08:28:45.880Z.')
      return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '' }
    },
  }),
  route({
    method: 'POST',
    path: '/systems/{system}/reload',
    says: 'Sesam pulls the image of a microservice anew; here nothing happens, since no containers are started.',
    needs: { is: 'system', may: 'write_config' },
    answer: 'object',
    run: async (call) => {
      microserviceOf(call)
      return jsonAnswer({ message: NOTHING_STARTED }, 202)
    },
  }),
  ...(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method) =>
    route({
      method,
      path: '/systems/{system}/proxy/{rest*}',
      says: 'Sesam hands the request to the microservice; refused here, since no containers are started.',
      needs: { is: 'system', may: method === 'GET' ? 'read_proxy' : 'write_proxy' },
      body: method === 'GET' || method === 'DELETE' ? undefined : 'any',
      answer: 'file',
      run: async (call) => {
        const { id } = microserviceOf(call)
        throw new HttpError(400, `${id} does not run. ${NOTHING_STARTED}`)
      },
    }),
  ),
]

function systemOf(call: RouteCall): EffectiveSystem {
  return foundOr404(
    effectiveSystem(call.instance.session.project, param(call, 'system')),
    'system',
    param(call, 'system'),
  )
}

function microserviceOf(call: RouteCall): EffectiveSystem {
  const system = systemOf(call)
  if (system.type !== 'system:microservice') throw new HttpError(400, `${system.id} is no microservice.`)
  return system
}
