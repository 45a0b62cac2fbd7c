/** Sinks that send: the requests that a sink makes go out, where the platform lets them (a server does, an app does not). */
import type { Part } from '../config/project/effective.ts'
import type { BodyFormat } from './http-exchange.ts'
import { type OpenContext, systemOf } from './open-context.ts'
import { requestText } from './request.ts'
import type { CapturedOutput, RunContext, SinkRuntime } from './runtime.ts'

/**
 * The sink with a way to send the requests that it makes; an answer outside of 2xx is a Fault. Statements and messages
 * are kept as they are: nothing here speaks the protocols of databases and mail servers.
 */
export function deliveringSink(sink: SinkRuntime, part: Part, context: OpenContext): SinkRuntime {
  const secrets = secretNames(part, context)
  const deliver = async (captured: CapturedOutput, running: RunContext): Promise<CapturedOutput> => {
    if (captured.kind !== 'request' || captured.url === undefined) return captured
    const { method = 'POST', url, headers = {}, text, contentType } = captured
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: text, bodyFormat: bodyFormatOf(contentType) }
    await requestText({ url, method, headers, secrets, ...body }, systemOf(part, context), context, running)
    return { ...captured, sent: true }
  }
  return { ...sink, deliver }
}

/** Whether sending something twice may do something twice (RFC 9110, section 9.2.2). */
export function isRepeatable({ kind, url, method = 'POST' }: CapturedOutput): boolean {
  return kind !== 'request' || url === undefined || !/^(post|patch)$/i.test(method)
}

function bodyFormatOf(contentType: string): BodyFormat {
  if (/json/i.test(contentType)) return 'json'
  return /x-www-form-urlencoded/i.test(contentType) ? 'form' : 'text'
}

/** The secrets that the configuration of a sink and its system name. */
function secretNames(part: Part, context: OpenContext): ReadonlySet<string> {
  const texts = [part.config, systemOf(part, context)?.config ?? {}]
  const written = JSON.stringify(texts, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  return new Set([...written.matchAll(/\$SECRET\(([^()]*)\)/g)].map(([, name = '']) => name.trim()))
}
