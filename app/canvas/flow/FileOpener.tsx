import { useRef } from 'react'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { go } from '../../route.ts'
import { bringFiles, forgetDataFiles } from '../../store/project/import/data-files.ts'
import { useProject } from '../../store/project/project.ts'

/** Opens data files with the system's dialog: what dropping them does, for the keyboard and the menu. */
export function FileOpener() {
  const input = useRef<HTMLInputElement>(null)
  const readOnly = useProject((state) => state.readOnly)
  useViewHandlers(readOnly ? noValues : { 'canvas.files': () => input.current?.click() })
  return (
    <input
      ref={input}
      type="file"
      multiple
      className="hidden"
      tabIndex={-1}
      aria-hidden
      onChange={({ target }) => {
        const files = [...(target.files ?? [])]
        // The same file may be chosen again later.
        target.value = ''
        if (files.length === 0) return
        forgetDataFiles()
        go({ at: 'files', project: useProject.getState().id })
        void bringFiles(files)
      }}
    />
  )
}

const noValues = {}
