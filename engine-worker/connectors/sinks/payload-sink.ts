/** What sinks to the outside share: their URL and headers, batch sizes, and the payloads they would send. */
import { numberSetting, textSetting } from '../../config/model/setting.ts'
import type { Part } from '../../config/project/effective.ts'
import type { Entity } from '../../entity/value.ts'
import type { OpenContext } from '../open-context.ts'
import type { CapturedOutput, RunContext, SinkRuntime } from '../runtime.ts'
import type { FileWriter } from './entities-request.ts'

/** Makes a sink of the function that turns a batch into payloads. */
export function payloadSink(
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
    batchSize: Math.max(
      1,
      numberSetting(part.config, 'batch_size', numberSetting(context.pipe.config, 'batch_size', batchSize)),
    ),
    send: async (batch, running) => send(batch, running),
  }
}

/** Makes a sink that sends nothing and gives all entities as one file where somebody asks for it. */
export function publishingSink(
  part: Part,
  context: OpenContext,
  contentType: string,
  ending: string,
  write: FileWriter,
): SinkRuntime {
  const file = textSetting(part.config, 'filename')
  // Without a name the contents are served inline.
  const disposition =
    file === undefined
      ? 'inline'
      : `${textSetting(part.config, 'content_disposition', 'attachment')}; filename="${file}"`
  const head = {
    kind: 'file' as const,
    contentType,
    headers: { 'Content-Type': contentType, 'Content-Disposition': disposition },
    file: file ?? `${context.pipe.id}.${ending}`,
  }
  return {
    ...payloadSink(part, context, 100, () => []),
    publication: () => ({ head, ...write() }),
    publish: async (entities) => {
      const { begin, batch, end } = write()
      const pieces = [begin]
      for await (const some of entities) pieces.push(batch(some))
      return { ...head, text: pieces.join('') + end }
    },
  }
}
