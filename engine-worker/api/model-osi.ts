/** Mapping files of others as models, and models as mapping files. */
import { shapedJson } from '../config/model/shape.ts'
import type { Problem } from '../problem.ts'
import { formatPart } from '../text/format.ts'
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'

/** A file and its name, which its problems carry. */
interface ModelImportRequest {
  readonly text: string
  readonly file: string
}

/** The text of `model.json`; null where problems keep the file from being read. Problems have line and column. */
export const modelImport = capability('modelImport', 'page', async ({ text, file }: ModelImportRequest) => {
  const { importOsi } = await import('../model/read.ts')
  const { modelProblems } = await import('../model/validate.ts')
  const { locate } = await import('../problem.ts')
  const { model, problems, place } = importOsi(text, file)
  if (model === null) return { text: null, problems }
  const found: readonly Problem[] = modelProblems(model, file).map((each) =>
    locate(each, place?.(each.where.path ?? []) ?? {}),
  )
  return { text: `${formatPart(shapedJson(model))}\n`, problems: [...problems, ...found] }
})

/** A mapping file (YAML, version 1.0), and what of the model it cannot say. */
export const modelExport = capability('modelExport', 'page', async ({ text }: { readonly text: string }) => {
  const { writeOsi } = await import('../model/osi/write.ts')
  return writeOsi(await soundModel(text))
})
