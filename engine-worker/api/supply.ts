/** Entities for sources that cannot be reached from here. */
import { printJson } from '../entity/json.ts'
import type { Problem } from '../problem.ts'
import { capability } from './capability.ts'
import type { EngineHost } from './host.ts'
import { previewPipe } from './preview.ts'
import { ingest } from './receive.ts'
import { suppliedState, suppliedText } from './supplied-texts.ts'

/** A text for the source of a pipe: JSON, NDJSON or CSV, by the ending of its name. */
interface SupplyRequest {
  readonly pipe: string
  readonly name: string
  readonly text: string
  /** Adds to what was supplied before. */
  readonly append?: boolean
}

/** How many entities a source has now, and what could not be read. */
interface SupplyResult {
  readonly entities: number
  readonly problems: readonly Problem[]
}

/** Texts longer than this are not kept as one. */
const LARGE_TEXT = 1_000_000

/** Sets or appends the entities of a source. */
export const supply = capability('supply', 'deployed-data', (request: SupplyRequest, { host }) =>
  supplyText(host, request),
)

/** {@link supply}, for other capabilities. */
export async function supplyText(
  host: EngineHost,
  { pipe, name, text, append = false }: SupplyRequest,
): Promise<SupplyResult> {
  const { session, store } = host.current()
  const isLarge = text.length > LARGE_TEXT && /\.(ndjson|jsonl)$/i.test(name)
  if (isLarge || (append && session.hasInbox(pipe))) return ingest(host, pipe, [text], { append, file: name })
  const before = append ? await suppliedText(store, pipe) : null
  const supplied = { name, text: before ? `${before.text.trimEnd()}\n${text}` : text }
  await session.replaceInbox(pipe, supplied, [suppliedState(pipe, supplied)])
  const component = session.component(pipe)
  if (!component) return { entities: 0, problems: [] }
  const seen = await previewPipe(
    session,
    { pipe: printJson({ ...component.config, transform: [] }), limit: 1_000_000 },
    host.platform.environment,
  )
  return { entities: seen.stages[0]?.total ?? 0, problems: [...seen.problems, ...(seen.stages[0]?.problems ?? [])] }
}
