/** Reads the files of one import, tells how far it is, answers with the project, and has nothing more to do then. */
import { type Import, importFiles, importZip, projectInLink } from '../../../../engine-worker/index.ts'
import type { ChosenFile } from './chosen-files.ts'

/** What is to be read. */
export type ImportRequest =
  | { readonly kind: 'zip'; readonly name: string; readonly file: File }
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly ChosenFile[] }
  | { readonly kind: 'link'; readonly text: string }

/** How far it is, 0 to 1; what came in; or why nothing could be read. */
export type ImportReply =
  | { readonly share: number }
  | { readonly name: string; readonly imported: Import }
  | { readonly failure: string }

const reply = (message: ImportReply) => postMessage(message)
const options = { onProgress: (done: number, total: number) => reply({ share: total === 0 ? 1 : done / total }) }

async function read(request: ImportRequest): Promise<ImportReply> {
  switch (request.kind) {
    case 'zip': {
      const bytes = new Uint8Array(await request.file.arrayBuffer())
      return { name: request.name, imported: await importZip(bytes, options) }
    }
    case 'files': {
      const offered = request.files.map(({ path, file }) => ({
        path,
        size: file.size,
        read: async () => new Uint8Array(await file.arrayBuffer()),
      }))
      return { name: request.name, imported: await importFiles(offered, options) }
    }
    case 'link':
      return projectInLink(request.text)
  }
}

addEventListener('message', ({ data }: MessageEvent<ImportRequest>) => {
  read(data).then(reply, (error: unknown) => reply({ failure: error instanceof Error ? error.message : String(error) }))
})
