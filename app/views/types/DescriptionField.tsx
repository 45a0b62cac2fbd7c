import { useState } from 'react'
import type { JsonObject } from '../../../engine-worker/index.ts'
import { describeProperty, descriptionsOf } from '../../store/project/schema-models.ts'
import { Input } from '../../ui/Field.tsx'
import { useTypesWords } from './types-words.ts'

interface DescriptionFieldProps {
  readonly property: string
  readonly type: string
  /** The model that the description is written to; null where nothing can be written. */
  readonly into: string | null
  readonly models: readonly JsonObject[]
}

/** What models say of a property, and a field for what one of them says. */
export function DescriptionField({ property, type, into, models }: DescriptionFieldProps) {
  const w = useTypesWords().types
  const all = descriptionsOf(models, property, type)
  const ownDescription = all.find(({ model }) => model === into)?.text ?? ''
  const others = all.filter(({ model }) => model !== into)
  return (
    <div className="flex flex-col gap-0.5">
      {others.map(({ model, text }) => (
        <span key={model} className="text-ink-soft">
          {text} ({model})
        </span>
      ))}
      {into !== null && (
        <OwnDescription
          key={ownDescription}
          own={ownDescription}
          label={w.descriptionOf(property)}
          onText={(text) => describeProperty(w.describe(property), { model: into, type, property }, text)}
        />
      )}
    </div>
  )
}

interface OwnDescriptionProps {
  readonly own: string
  readonly label: string
  readonly onText: (text: string) => void
}

function OwnDescription({ own, label, onText }: OwnDescriptionProps) {
  const [text, setText] = useState(own)
  const saveText = () => {
    if (text.trim() !== own) onText(text.trim())
  }
  return (
    <Input
      aria-label={label}
      value={text}
      className="border-transparent bg-transparent"
      onChange={(event) => setText(event.target.value)}
      onBlur={saveText}
      onKeyDown={(event) => {
        if (event.key === 'Enter') saveText()
        if (event.key === 'Escape') setText(own)
      }}
    />
  )
}
