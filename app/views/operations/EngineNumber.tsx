import { useState } from 'react'
import type { Operations } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'
import { Select } from '../../ui/Field.tsx'
import { useOperationsWords } from './operations-words.ts'

/** The numbers that plans have; others are no use. */
const numbers = [1, 2, 4, 8, 16]

/** How many engines the next run has: to be chosen where the project says it and the machine has more than one. */
export function EngineNumber({ engines, mostEngines }: Pick<Operations, 'engines' | 'mostEngines'>) {
  const w = useOperationsWords().operations
  const [chosen, setChosen] = useState<number | null>(null)
  const running = useEngine((state) => state.running !== null)
  const now = chosen ?? engines
  const choices = numbers.filter((number) => number <= (mostEngines ?? 1) || number === now)
  if (mostEngines === null || choices.length < 2) return count(now)
  const choose = async (number: number) => {
    setChosen(number)
    try {
      setChosen(await ask('setEngines', number))
    } catch (error) {
      setChosen(null)
      toast(failureText(error), 'bad')
    }
  }
  return (
    <Select
      className="max-w-16 font-normal"
      aria-label={w.engineNumber}
      title={w.engineNumberSays}
      value={now}
      disabled={running}
      onChange={({ target }) => void choose(Number(target.value))}
    >
      {choices.map((number) => (
        <option key={number} value={number}>
          {count(number)}
        </option>
      ))}
    </Select>
  )
}
