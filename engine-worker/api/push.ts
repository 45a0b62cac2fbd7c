/** Entities that arrive one request after the other. */
import type { PushRequest } from '../connectors/runtime.ts'
import type { ReceiveResult } from '../run/inbox.ts'
import { capability } from './capability.ts'
import { ingest } from './receive.ts'
import { suppliedText } from './supplied-texts.ts'

/** Entities as JSON or NDJSON text, and what else the POST carries. */
interface PushEntitiesRequest {
  readonly pipe: string
  readonly text: string
  /** What the `validation_expression` of the source may look at. */
  readonly request?: Partial<PushRequest>
}

/** Adds entities to what has arrived at a source, as a POST to an `http_endpoint` does. */
export const push = capability(
  'push',
  'deployed-data',
  async (given: PushEntitiesRequest, { host }): Promise<ReceiveResult> => {
    const { pipe, text, request } = given
    const { session, store } = host.current()
    const refused = await session.refusal(pipe, { url: '', params: {}, headers: {}, body: text, ...request })
    if (refused) return { entities: 0, problems: [refused], skipped: 0 }
    const before = session.hasInbox(pipe) ? null : await suppliedText(store, pipe)
    // What was supplied as one text before comes first.
    if (before) await ingest(host, pipe, [before.text], { append: false, file: before.name })
    return ingest(host, pipe, [text], { append: true, file: 'pushed.json' })
  },
)
