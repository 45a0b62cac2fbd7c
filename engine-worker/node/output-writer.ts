/**
 * What pipes give, written to files while they run, in bounded memory: a published file as it is, what would be sent as a
 * list, entities one a line. A file appears when it is whole (files.ts).
 */
import type { CapturedOutput, Publication } from '../connectors/runtime.ts'
import { charsetIn, encodeText } from '../entity/charset.ts'
import { printEntity, printEntityLines } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import type { OutputListener } from '../testing/outputs.ts'
import type { PendingFile } from './files.ts'

/** Starts the file with an ending. */
export type StartFile = (ending: string) => Promise<PendingFile>

/** Starts a file of which nothing is kept: what is written only has to be possible. */
export const nowhere: StartFile = async () => ({
  write: async () => undefined,
  commit: async () => ({ size: 0, modified: 0 }),
  discard: async () => undefined,
})

/** A listener that writes; `commit` puts the file in its place, `discard` gives it up. */
export interface OutputWriter extends OutputListener {
  commit(): Promise<void>
  discard(): Promise<void>
}

/** The file that a sink publishes, in the character set that it names. */
export function publicationWriter(publication: Publication, start: StartFile): OutputWriter {
  const { head, begin, end } = publication
  const charset = charsetIn(head.contentType)
  let isStarted = false
  const encodedText = (text: string): string | Uint8Array => {
    // Only the beginning of a file may have a byte order mark.
    const set = isStarted && charset === 'utf-16' ? 'utf-16le' : charset
    isStarted = true
    return set === 'utf-8' ? text : encodeText(text, set)
  }
  const file = lazyFile(async () => {
    const opened = await start(endingOf(head))
    await opened.write(encodedText(begin))
    return opened
  })
  return {
    entities: async (batch) => (await file.open()).write(encodedText(publication.batch(batch))),
    commit: async () => {
      const opened = await file.open()
      if (end !== '') await opened.write(encodedText(end))
      await opened.commit()
    },
    discard: file.discard,
  }
}

/** What would be sent, as a JSON list; one file alone as itself. */
export function capturedWriter(start: StartFile): OutputWriter {
  const file = lazyFile(() => start('.json'))
  let heldOutput: CapturedOutput | null = null
  let count = 0
  const addOutput = async (captured: CapturedOutput) => {
    const text = JSON.stringify(captured, null, 2).replaceAll('\n', '\n  ')
    await (await file.open()).write(`${count++ === 0 ? '[\n' : ',\n'}  ${text}`)
  }
  return {
    captured: async (sent) => {
      for (const one of sent) {
        if (heldOutput) await addOutput(heldOutput)
        heldOutput = one
      }
    },
    commit: async () => {
      if (heldOutput?.kind === 'file' && count === 0) {
        const only = await start(endingOf(heldOutput))
        await only.write(encodeText(heldOutput.text, charsetIn(heldOutput.contentType)))
        await only.commit()
        return
      }
      if (heldOutput) await addOutput(heldOutput)
      const opened = await file.open()
      await opened.write(count === 0 ? '[]\n' : '\n]\n')
      await opened.commit()
    },
    discard: file.discard,
  }
}

/** The entities that reach the sink, one a line. */
export function entityWriter(start: StartFile): OutputWriter {
  const file = lazyFile(() => start(''))
  return {
    entities: async (batch) => {
      await (await file.open()).write(printEntityLines(batch))
    },
    commit: async () => void (await (await file.open()).commit()),
    discard: file.discard,
  }
}

/** The latest version of each entity, deleted ones too, as a JSON list with one a line. */
export async function writeEntities(file: PendingFile, batches: AsyncIterable<readonly Entity[]>): Promise<void> {
  try {
    let isFirst = true
    for await (const batch of batches) {
      let text = ''
      for (const entity of batch) {
        text += (isFirst ? '[\n' : ',\n') + printEntity(entity)
        isFirst = false
      }
      await file.write(text)
    }
    await file.write(isFirst ? '[]\n' : '\n]\n')
  } catch (error) {
    await file.discard()
    throw error
  }
  await file.commit()
}

function endingOf({ file }: Pick<CapturedOutput, 'file'>): string {
  return /\.\w+$/.exec(file ?? '')?.[0] ?? '.txt'
}

/** A file that is started when something is to be written. */
function lazyFile(start: () => Promise<PendingFile>) {
  let opening: Promise<PendingFile> | null = null
  return {
    open: (): Promise<PendingFile> => {
      opening ??= start()
      return opening
    },
    discard: async (): Promise<void> => {
      const opened = await opening?.catch(() => null)
      await opened?.discard()
    },
  }
}
