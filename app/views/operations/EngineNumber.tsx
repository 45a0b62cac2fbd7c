import type { Operations } from '../../../engine-worker/index.ts'
import { savedEngines, withEngines } from '../../canvas/flow/layout-file.ts'
import { count } from '../../i18n/numbers.ts'
import { useEngine } from '../../store/engine/state.ts'
import { editContent, useProject } from '../../store/project/project.ts'
import { Select } from '../../ui/Field.tsx'
import { useOperationsWords } from './operations-words.ts'

/** The numbers that plans have; others are no use. */
const engineCounts = [1, 2, 4, 8, 16]

/** How many engines the next run has: to be chosen where the project says it and the machine has more than one. */
export function EngineNumber({ engines, mostEngines }: Pick<Operations, 'engines' | 'mostEngines'>) {
  const w = useOperationsWords().operations
  const readOnly = useProject((project) => project.readOnly)
  const running = useEngine((state) => state.running !== null)
  const saved = useProject((project) => savedEngines(project.document.content))
  const now = mostEngines === null ? engines : Math.min(saved, mostEngines)
  const choices = engineCounts.filter((number) => number <= (mostEngines ?? 1) || number === now)
  if (mostEngines === null || choices.length < 2) return count(now)
  const chooseCount = (number: number) => editContent(w.engineStep(number), (content) => withEngines(content, number))
  return (
    <Select
      className="max-w-16 font-normal"
      aria-label={w.engineNumber}
      title={w.engineNumberSays}
      value={now}
      disabled={running || readOnly}
      onChange={({ target }) => chooseCount(Number(target.value))}
    >
      {choices.map((number) => (
        <option key={number} value={number}>
          {count(number)}
        </option>
      ))}
    </Select>
  )
}
