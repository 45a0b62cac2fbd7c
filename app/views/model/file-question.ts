/** Files that are about to become datatypes of systems: what each is, as a person says it. */
import { create } from 'zustand'
import type { FileKey, FileReport } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { modelName } from './edits.ts'

/** A file, and what it will be. */
export interface QuestionedFile {
  readonly id: string
  readonly file: File
  /** Null while it is read. */
  readonly report: FileReport | null
  readonly failure: string | null
  readonly system: string
  readonly datatype: string
  readonly key: FileKey
}

interface FileQuestion {
  readonly open: boolean
  readonly files: readonly QuestionedFile[]
}

export const useFileQuestion = create<FileQuestion>(() => ({ open: false, files: [] }))

/** Reads files, and shows them for naming where that is wanted. */
export async function questionFiles(files: readonly File[], isShown = true): Promise<void> {
  const questioned = files.map((file): QuestionedFile => {
    const id = crypto.randomUUID()
    return { id, file, report: null, failure: null, key: { add: 'row' }, ...namesIn(file) }
  })
  useFileQuestion.setState((state) => ({ open: isShown, files: [...state.files, ...questioned] }))
  await Promise.all(
    questioned.map(async ({ id, file }) => {
      try {
        const report = await ask('inspectFile', { id, name: file.name, file, settings: {} }, { early: true })
        changeQuestion(id, { report, key: keyIn(report) })
      } catch (error) {
        changeQuestion(id, { failure: failureText(error) })
      }
    }),
  )
}

/** System and datatype as the name of a file says them: `crm-customer.csv`, `crm/customer.csv`; the rest is asked. */
function namesIn({ name, webkitRelativePath }: File): { readonly system: string; readonly datatype: string } {
  const folder = webkitRelativePath.split('/').at(-2)
  const bare = name.replace(/\.\w+$/, '')
  const [, first, rest] = /^([^-_. ]+)[-_. ]+(.+)$/.exec(bare) ?? []
  if (first !== undefined && rest !== undefined) return { system: modelName(first), datatype: plainName(rest) }
  return { system: modelName(folder ?? ''), datatype: plainName(bare) }
}

/** A datatype's name: small letters without signs between them (Sesam's naming of datatypes). */
function plainName(text: string): string {
  return modelName(text).toLowerCase().replaceAll('-', '')
}

function keyIn({ keys, rows }: FileReport): FileKey {
  const [best] = keys.single
  if (best !== undefined) return { columns: [best] }
  if (keys.several) return { columns: keys.several }
  const [first] = keys.columns
  return rows === 0 && first !== undefined ? { columns: [first] } : { add: 'row' }
}

/** Changes what is said of a file. */
export function changeQuestion(id: string, change: Partial<QuestionedFile>): void {
  useFileQuestion.setState(({ files }) => ({
    files: files.map((file) => (file.id === id ? { ...file, ...change } : file)),
  }))
}

/** Takes a file away. */
export function dropQuestion(id: string): void {
  useFileQuestion.setState(({ files }) => ({ files: files.filter((file) => file.id !== id) }))
  void ask('forgetFiles', { ids: [id] }, { early: true }).catch(() => undefined)
}

/** Ends the question; the files are forgotten. */
export function endQuestion(): void {
  const ids = useFileQuestion.getState().files.map(({ id }) => id)
  useFileQuestion.setState({ open: false, files: [] })
  if (ids.length > 0) void ask('forgetFiles', { ids }, { early: true }).catch(() => undefined)
}
