import { useState } from 'react'
import {
  type AnswerOf,
  componentById,
  componentValue,
  formatPart,
  type MergeSide,
} from '../../../engine-worker/index.ts'
import { ConflictChoice } from '../../data/ConflictChoice.tsx'
import { JsonText } from '../../data/JsonText.tsx'
import { TextDiff } from '../../data/TextDiff.tsx'
import { useContent } from '../../store/project/project.ts'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { classes } from '../../ui/classes.ts'
import { useConnectWords } from './connect-words.ts'

type Planned = AnswerOf<'connectorPlan'>['components'][number]

interface PreviewProps {
  readonly components: readonly Planned[]
  readonly label: string
  /** By the keys of conflicts; the project's own where nothing is chosen. */
  readonly choices: Readonly<Record<string, MergeSide>>
  readonly onChoose: (conflict: string, side: MergeSide) => void
}

/** What the connector makes, by datatype: each component with its text, or with what changes in it and what to choose. */
export function ConnectorPreview({ components, label, choices, onChoose }: PreviewProps) {
  const w = useConnectWords()
  const [key, setKey] = useState<string | null>(null)
  const listed = byDatatype(components)
  const needing = listed.find(({ conflicts }) => conflicts.length > 0)
  const shown = listed.find((each) => keyOf(each) === key) ?? needing ?? listed[0]
  if (shown === undefined) return <p className="px-3 pb-3 text-ink-soft">{w.nothingToMake}</p>
  return (
    <div className="flex h-96 min-h-0 border-t border-line">
      <ChoiceList
        label={label}
        items={listed}
        keyOf={keyOf}
        chosen={shown}
        onChoose={(each) => setKey(keyOf(each))}
        groupOf={({ datatype }) => datatype ?? w.ownSystem}
      >
        {(each) => (
          <>
            <span className="mono min-w-0 flex-1 break-all">{each.id}</span>
            <span className={classes('text-tiny', stateOf(each) === 'conflict' ? 'text-warn' : 'text-ink-soft')}>
              {w.states[stateOf(each)]}
            </span>
          </>
        )}
      </ChoiceList>
      <div className="min-h-0 min-w-0 flex-1 overflow-auto">
        {shown.conflicts.map((conflict) => (
          <ConflictChoice
            key={conflict.key}
            conflict={conflict}
            chosen={choices[conflict.key] ?? 'mine'}
            onChoose={(side) => onChoose(conflict.key, side)}
          />
        ))}
        <Change component={shown} />
      </div>
    </div>
  )
}

/** What is kept while there is something to choose counts as changed by both. */
function stateOf({ is, conflicts }: Planned): Planned['is'] {
  return conflicts.length > 0 ? 'conflict' : is
}

/** The components of a datatype one after the other, the datatypes in the order in which they come first. */
function byDatatype(components: readonly Planned[]): readonly Planned[] {
  const groups = new Map<string | null, Planned[]>()
  for (const each of components) groups.set(each.datatype, [...(groups.get(each.datatype) ?? []), each])
  return [...groups.values()].flat()
}

function keyOf({ kind, id }: Planned): string {
  return `${kind} ${id}`
}

/** What becomes of a component: its text where it is new or stays, else the lines that change. */
function Change({ component }: { readonly component: Planned }) {
  const { kind, id, is, text } = component
  const before = componentById(useContent(), id, kind)
  if (before === undefined || is === 'added' || is === 'same' || is === 'kept')
    return <JsonText label={id} text={text} />
  const now = `${formatPart(componentValue(before))}\n`
  return <TextDiff label={id} before={now} after={is === 'removed' ? '' : text} />
}
