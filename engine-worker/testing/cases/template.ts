/** Evaluation cases that fill in a template: `template`, with `source` as its variables; secrets in `context.secrets`. */

import { template, templateOptions } from '../../connectors/template.ts'
import { get } from '../../entity/dict.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { isDict, isObject, type JsonObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { withNeeds } from '../../template/needs.ts'
import type { CaseResult } from './result.ts'

/** The text that the template of a case gives; throws Faults. */
export async function evaluateTemplate(json: JsonObject, environment: Environment): Promise<CaseResult> {
  const source = decodeTransit(get(json, 'source') ?? {})
  const context = get(json, 'context')
  const secrets = isObject(context) ? get(context, 'secrets') : undefined
  const secretNamed = (name: string) => (isObject(secrets) ? (get(secrets, name) ?? null) : null)
  const written = get(json, 'template')
  const fill = template(typeof written === 'string' ? written : '', { name: 'template', where: { path: ['template'] } })
  const values = { ...(isObject(secrets) ? { secret: secretNamed } : {}), ...(isDict(source) ? source : {}) }
  const noNetwork = async () => ''
  return { value: await withNeeds(() => fill(values, templateOptions(environment)), noNetwork) }
}
