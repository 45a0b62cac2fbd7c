/** `validation_expression`: a template that is rendered for every request that pushes entities; configuration-sources-http.rst. */

import { textSetting } from '../config/model/setting.ts'
import type { Part } from '../config/project/effective.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import { HeaderValues } from '../template/header-values.ts'
import { withNeeds } from '../template/needs.ts'
import { maskOf } from './mask.ts'
import type { OpenContext } from './open-context.ts'
import { placeIn } from './operation.ts'
import type { PushAccess, PushRequest } from './runtime.ts'
import { template, templateOptions } from './template.ts'

const pushRefused = problem<{ pipe: string; reason: string }>({
  code: 'push-refused',
  severity: 'error',
  says: ({ pipe, reason }) => `${pipe} does not accept the request: ${reason}`,
  fix: () => 'The validation_expression of its source says what a request must have.',
})

const noKeys = problem<{ url: string }>({
  code: 'validation-keys-missing',
  severity: 'error',
  says: ({ url }) => `The keys at ${url} could not be read, so that the request cannot be checked.`,
})

/** Gives the reason why a request is refused, or null: what the expression renders to, when that is not empty. */
export function pushValidator(part: Part, context: OpenContext) {
  return async (request: PushRequest, access: PushAccess): Promise<Problem | null> => {
    const expression = textSetting(part.config, 'validation_expression', '').trim()
    if (expression === '') return null
    const pipe = context.pipe.id
    const { name, where } = placeIn(part, ['validation_expression'])
    const place = { name, where: { pipe, ...where } }
    const values = {
      url: request.url,
      request_params: request.params,
      request_headers: new HeaderValues(request.headers, request.url),
      request_body: request.body,
      secret: (secret: string) => context.secret(secret) ?? '',
    }
    const render = () => template(expression, place)(values, templateOptions(access.environment))
    try {
      const reason = (await withNeeds(render, (url) => keysAt(url, access))).trim()
      return reason === '' ? null : pushRefused({ pipe, reason: maskOf(context.project.hidden)(reason) }, place.where)
    } catch (error) {
      if (error instanceof Fault) return error.problem
      throw error
    }
  }
}

async function keysAt(url: string, { fetch }: PushAccess): Promise<string> {
  try {
    const response = await fetch?.(url)
    if (response?.ok) return await response.text()
  } catch {
    // A server that cannot be reached has no keys either.
  }
  throw new Fault(noKeys({ url }))
}
