import type { RefObject } from 'react'

interface FileInputProps {
  /** Opens the choice: `ref.current.click()`. */
  readonly ref: RefObject<HTMLInputElement | null>
  /** Whether a folder is chosen, with all that is in it. */
  readonly folder?: boolean
  /** File types that are offered first, as HTML writes them. */
  readonly accept?: string
  readonly testId: string
  /** Called with what was chosen, never with nothing. */
  readonly onFiles: (files: readonly File[]) => void
}

/** A choice of files, which a button beside it opens; the same files can be chosen twice. */
export function FileInput({ ref, folder = false, accept, testId, onFiles }: FileInputProps) {
  return (
    <input
      ref={(node) => {
        ref.current = node
        // Not an attribute that React knows.
        if (folder) node?.setAttribute('webkitdirectory', '')
      }}
      type="file"
      hidden
      multiple
      accept={accept}
      data-testid={testId}
      onChange={({ target }) => {
        const files = [...(target.files ?? [])]
        target.value = ''
        if (files.length > 0) onFiles(files)
      }}
    />
  )
}
