import type { SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { Select } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface EnvironmentPickerProps {
  readonly environments: readonly SubscriptionEnvironment[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

const maxSegments = 4

/** Which environment is shown: side by side where there are few, else a list. Nothing while there is one only. */
export function EnvironmentPicker({ environments, chosen, onChoose }: EnvironmentPickerProps) {
  const w = useSubscriptionWords()
  if (environments.length < 2) return null
  if (environments.length <= maxSegments)
    return (
      <Segments
        label={w.environments.label}
        value={chosen}
        onChange={onChoose}
        options={environments.map(({ id, name }) => ({ id, label: name }))}
      />
    )
  return (
    <div className="w-56">
      <Select aria-label={w.environments.label} value={chosen} onChange={({ target }) => onChoose(target.value)}>
        {environments.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  )
}
