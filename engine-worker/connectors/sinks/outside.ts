/** What sinks to the outside share: their URL and headers, batch sizes, and the payloads they would send. */

import { amount, object, text } from '../../config/model/setting.ts'
import type { Part } from '../../config/project/effective.ts'
import { variableText } from '../../config/project/variables.ts'
import { printEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { systemHeaders, urlOf } from '../request.ts'
import type { CapturedOutput, Publication, RunContext, SinkRuntime } from '../runtime.ts'

/** Makes a sink of the function that turns a batch into payloads. */
export function captures(
  part: Part,
  context: OpenContext,
  batchSize: number,
  send: (
    batch: readonly Entity[],
    running: RunContext,
  ) => readonly CapturedOutput[] | Promise<readonly CapturedOutput[]>,
): SinkRuntime {
  return {
    writes: 'outside',
    config: part.config,
    batchSize: Math.max(1, amount(part.config, 'batch_size', amount(context.pipe.config, 'batch_size', batchSize))),
    send: async (batch, running) => send(batch, running),
  }
}

/** The text of a file in pieces; begun anew for each file. */
export type FileWriter = () => Pick<Publication, 'begin' | 'batch' | 'end'>

/** Makes a sink that sends nothing and gives all entities as one file where somebody asks for it. */
export function publishes(
  part: Part,
  context: OpenContext,
  contentType: string,
  ending: string,
  write: FileWriter,
): SinkRuntime {
  const file = text(part.config, 'filename')
  // Without a name the contents are served inline.
  const disposition =
    file === undefined ? 'inline' : `${text(part.config, 'content_disposition', 'attachment')}; filename="${file}"`
  const head = {
    kind: 'file' as const,
    contentType,
    headers: { 'Content-Type': contentType, 'Content-Disposition': disposition },
    file: file ?? `${context.pipe.id}.${ending}`,
  }
  return {
    ...captures(part, context, 100, () => []),
    publication: () => ({ head, ...write() }),
    publish: async (entities) => {
      const { begin, batch, end } = write()
      const pieces = [begin]
      for await (const some of entities) pieces.push(batch(some))
      return { ...head, text: pieces.join('') + end }
    },
  }
}

/** Headers of a part in the order: system, part; secrets stay names in what is captured. */
export function headersOf(part: Part, context: OpenContext): Record<string, string> {
  const headers = systemHeaders(systemOf(part, context)?.config ?? {})
  for (const [name, value] of Object.entries(object(part.config, 'headers'))) headers[name] = variableText(value)
  return headers
}

/** A request with entities as JSON in transit form, as the JSON push protocol sends them. */
export function entitiesRequest(part: Part, context: OpenContext, batch: readonly Entity[]): CapturedOutput {
  return {
    kind: 'request',
    method: 'POST',
    url: urlOf(part, context),
    headers: { 'Content-Type': 'application/json', ...headersOf(part, context) },
    contentType: 'application/json',
    text: entitiesText(batch),
  }
}

/** A JSON list, an entity a line. */
function entitiesText(batch: readonly Entity[]): string {
  return batch.length === 0 ? '[]' : `[${batch.map(printEntity).join(',\n')}]`
}

/** The same list in pieces. */
export const entitiesFile: FileWriter = () => {
  let separator = ''
  return {
    begin: '[',
    batch: (entities) => {
      let text = ''
      for (const entity of entities) {
        text += separator + printEntity(entity)
        separator = ',\n'
      }
      return text
    },
    end: ']',
  }
}
