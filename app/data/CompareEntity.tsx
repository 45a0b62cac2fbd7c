import { type FormEvent, useState } from 'react'
import { useEngine } from '../store/engine/state.ts'
import { Button } from '../ui/Button.tsx'
import { Input, Select } from '../ui/Field.tsx'
import { useBrowseWords } from './browse-words.ts'
import { EntityDifferences } from './EntityDifferences.tsx'

interface CompareEntityProps {
  readonly dataset: string
  readonly id: string
}

/** An entity beside another one, of this dataset or of another. */
export function CompareEntity({ dataset, id }: CompareEntityProps) {
  const w = useBrowseWords().browse.compare
  const datasets = useEngine((state) => state.datasets)
  const [of, setOf] = useState(dataset)
  const [typed, setTyped] = useState('')
  const [other, setOther] = useState<CompareEntityProps | null>(null)
  const compare = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() !== '') setOther({ dataset: of, id: typed.trim() })
  }
  return (
    <section className="flex flex-col gap-2 border-b border-line px-4 py-3">
      <h3 className="eyebrow">{w.entity}</h3>
      <form className="flex flex-wrap gap-2" onSubmit={compare}>
        <Select
          aria-label={w.otherOf}
          className="min-w-0 flex-1"
          value={of}
          onChange={(event) => setOf(event.target.value)}
        >
          {datasets.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        <Input
          aria-label={w.entityId}
          placeholder={w.entityId}
          className="mono min-w-0 flex-1"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" disabled={typed.trim() === ''}>
          {w.with}
        </Button>
      </form>
      {other !== null && <EntityDifferences left={{ dataset, id }} right={other} />}
    </section>
  )
}
