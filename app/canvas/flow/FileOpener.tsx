import { useRef } from 'react'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { useProject } from '../../store/project/project.ts'
import { addFiles } from './actions.ts'

/** Opens data files with the system's dialog: what dropping them on the canvas does, for the keyboard and the menu. */
export function FileOpener() {
  const input = useRef<HTMLInputElement>(null)
  const readOnly = useProject((state) => state.readOnly)
  useViewHandlers(readOnly ? none : { 'canvas.files': () => input.current?.click() })
  return (
    <input
      ref={input}
      type="file"
      multiple
      accept=".csv,.tsv,.json,.ndjson,.jsonl,.txt,.ttl,.nt,.n3,.rdf,.owl,.xml"
      className="hidden"
      tabIndex={-1}
      aria-hidden
      onChange={({ target }) => {
        const files = [...(target.files ?? [])]
        // The same file may be chosen again later.
        target.value = ''
        if (files.length > 0) void addFiles(files, { x: 0, y: 0 })
      }}
    />
  )
}

const none = {}
