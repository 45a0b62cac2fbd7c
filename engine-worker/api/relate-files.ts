/** How data files belong together. */
import { relationsOf } from '../ingest/relations.ts'
import { capability } from './capability.ts'
import { openFilesOf } from './open-files.ts'

/** How files that were read belong together. */
export const relateFiles = capability(
  'relateFiles',
  'page',
  ({ ids }: { readonly ids: readonly string[] }, { host }) => {
    const files = ids.flatMap((id) => {
      const file = openFilesOf(host).get(id)
      return file ? [{ id, table: file.table }] : []
    })
    return relationsOf(files, host.platform.environment)
  },
)
