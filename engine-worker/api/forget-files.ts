/** Data files that are not needed any more. */
import { capability } from './capability.ts'
import { openFilesOf } from './open-files.ts'

/** Forgets files that were read. */
export const forgetFiles = capability(
  'forgetFiles',
  'page',
  async ({ ids }: { readonly ids: readonly string[] }, { host }) => {
    for (const id of ids) openFilesOf(host).delete(id)
  },
)
