import type { ReactNode } from 'react'
import type { Model } from '../../../engine-worker/index.ts'
import { Select } from '../../ui/Field.tsx'
import { useModelWords } from './model-words.ts'
import { SettingsButton } from './settings/SettingsButton.tsx'

interface ConceptBarProps {
  readonly model: Model
  readonly concept: string
  readonly onConcept: (concept: string) => void
  readonly children?: ReactNode
}

/** Which concept a part of the view is about, and what is said of it. */
export function ConceptBar({ model, concept, onConcept, children }: ConceptBarProps) {
  const w = useModelWords()
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line bg-surface px-4 py-2">
      <label htmlFor="model-concept" className="text-ink-soft">
        {w.concept}
      </label>
      <Select
        id="model-concept"
        className="max-w-48 font-semibold"
        value={concept}
        onChange={(event) => onConcept(event.target.value)}
      >
        {Object.keys(model.concepts).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <SettingsButton model={model} target={{ part: 'concept', concept }} name={concept} />
      {children}
    </header>
  )
}
