import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useBrowseWords } from '../../data/browse-words.ts'
import { EntityEditor } from '../../data/EntityEditor.tsx'
import { useTestDataPlace } from '../../store/project/test-data.ts'
import { Button } from '../../ui/Button.tsx'

/** Adds an entity to the test data that a dataset shows, where it shows some. */
export function AddEntity({ dataset }: { readonly dataset: string }) {
  const w = useBrowseWords().browse.edit
  const [isOpen, setOpen] = useState(false)
  const place = useTestDataPlace(dataset)
  if (place === null) return null
  return (
    <>
      <Button icon={<Plus size={14} aria-hidden />} onClick={() => setOpen(true)}>
        {w.add}
      </Button>
      {isOpen && <EntityEditor place={place} entity={null} onClose={() => setOpen(false)} />}
    </>
  )
}
