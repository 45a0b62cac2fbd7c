import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { JsonObject } from '../../engine-worker/index.ts'
import { useTestDataPlace } from '../store/project/test-data.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useBrowseWords } from './browse-words.ts'
import { EntityEditor } from './EntityEditor.tsx'

interface EditEntityProps {
  readonly dataset: string
  readonly entity: JsonObject
}

/** Edits an entity where it is test data. */
export function EditEntity({ dataset, entity }: EditEntityProps) {
  const w = useBrowseWords().browse.edit
  const [isOpen, setOpen] = useState(false)
  const place = useTestDataPlace(dataset)
  if (place === null) return null
  return (
    <>
      <IconButton label={w.edit} onClick={() => setOpen(true)}>
        <Pencil size={15} aria-hidden />
      </IconButton>
      {isOpen && <EntityEditor place={place} entity={entity} onClose={() => setOpen(false)} />}
    </>
  )
}
