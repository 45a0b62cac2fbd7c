/** Ingest: texts and files of any size, supplied for the sources of pipes or pushed to their inboxes. */
import { create } from 'zustand'
import {
  type AnswerOf,
  componentById,
  componentValue,
  type DecodedText,
  decodeBytes,
  type EventOf,
  isObject,
  type Problem,
  type RequestOf,
} from '../../../engine-worker/index.ts'
import { ask, refreshProject, syncWorker } from '../engine/open-project.ts'
import { forgetInterrupted } from '../engine/state.ts'
import { useProject } from './project.ts'

/** The file that is being read, and how much of it has been, 0 to 1. */
export const useIngest = create<{ readonly reading: { readonly file: string; readonly share: number } | null }>(() => ({
  reading: null,
}))

let ingests: Promise<unknown> = Promise.resolve()

/** Registers files that are being read, so that a run that is started meanwhile waits for them. */
export function trackIngest<T>(work: Promise<T>): Promise<T> {
  ingests = Promise.allSettled([ingests, work])
  return work
}

/** Settles when no file is being read any more. */
export function ingestsSettled(): Promise<unknown> {
  return ingests
}

/** Asks before the tab is closed while a file is being read. Once, at the start of the app. */
export function guardIngest(): void {
  addEventListener('beforeunload', (event) => {
    if (useIngest.getState().reading) event.preventDefault()
  })
}

/** Gives a source that cannot run here the entities it takes. */
export async function supplySource(request: {
  readonly pipe: string
  readonly name: string
  readonly text: string
  readonly append?: boolean
}): Promise<{ readonly entities: number; readonly problems: readonly Problem[] }> {
  const result = await ask('supply', request)
  forgetInterrupted(request.pipe)
  await refreshProject()
  return result
}

/** Adds entities to what has arrived at a source. */
export async function pushEntities(request: RequestOf<'push'>): Promise<AnswerOf<'push'>> {
  const result = await ask('push', request)
  await refreshProject()
  return result
}

/** Files larger than this are read by the engine piece by piece, so that they never stand in memory as a whole. */
const largeFileBytes = 4_000_000

/** Whether a file is too large for one text: the engine reads it itself. */
function isReadInPieces(file: File): boolean {
  return file.size > largeFileBytes && /\.(ndjson|jsonl|json)$/i.test(file.name)
}

/** The largest file that is kept as one text, when it cannot be read in pieces. */
export const maxMegabytes = 100

/** Whether a file is read as one text. */
function isReadWhole(file: File): boolean {
  return !isReadInPieces(file) && file.size <= maxMegabytes * 1_000_000
}

/**
 * Supplies a file of any size; `progress` is called with the share that has been read, 0 to 1. Null when it is too
 * large for its format: CSV is read by its source alone, as a whole.
 */
export async function supplyFile(
  pipe: string,
  file: File,
  progress: (share: number) => void,
): Promise<{ readonly entities: number; readonly problems: readonly Problem[] } | null> {
  if (isReadInPieces(file)) return trackIngest(supplyInPieces(pipe, file, progress))
  if (!isReadWhole(file)) return null
  const { text } = await readText(file, encodingOf(pipe))
  return supplySource({ pipe, name: file.name, text })
}

/** The text of a file and its character set. `expected` is what it is in when it is not UTF-8, where that is known. */
export async function readText(file: File, expected?: string): Promise<DecodedText> {
  return decodeBytes(new Uint8Array(await file.arrayBuffer()), expected)
}

/** The character set that a pipe's source says its file is in. */
export function encodingOf(pipe: string): string | undefined {
  const component = componentById(useProject.getState().document.content, pipe)
  const source = component ? componentValue(component)?.source : undefined
  const encoding = isObject(source) ? source.encoding : undefined
  return typeof encoding === 'string' ? encoding : undefined
}

/** Whether a file is small enough to be shown for editing. */
export function canBeShown(file: File): boolean {
  return file.size <= largeFileBytes
}

/** Supplies a large file of entities; `progress` is called with the share that has been read, 0 to 1. */
async function supplyInPieces(
  pipe: string,
  file: File,
  progress: (share: number) => void,
): Promise<{ readonly entities: number; readonly problems: readonly Problem[] }> {
  await syncWorker()
  const showProgress = ({ share }: EventOf<'receive'>) => {
    // The last message may come after the answer.
    if (useIngest.getState().reading?.file !== file.name) return
    useIngest.setState({ reading: { file: file.name, share } })
    progress(share)
  }
  useIngest.setState({ reading: { file: file.name, share: 0 } })
  try {
    const result = await ask('receive', { pipe, name: file.name, file }, { onEvent: showProgress })
    if (result.problems.length === 0 || result.entities > 0) forgetInterrupted(pipe)
    return result
  } finally {
    useIngest.setState({ reading: null })
    // Also when the engine ended in the middle: the data from before is still there.
    await refreshProject().catch(() => undefined)
  }
}
