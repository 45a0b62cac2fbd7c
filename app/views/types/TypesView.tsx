import { Shapes } from 'lucide-react'
import { useState } from 'react'
import { go } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useContent } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'
import { Empty } from '../../ui/Empty.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { ModelPage } from './ModelPage.tsx'
import { TypeList } from './TypeList.tsx'
import { TypePage } from './TypePage.tsx'
import { ALL_MODELS, foundRows, typeRows } from './type-rows.ts'
import { useTypesWords } from './types-words.ts'

interface TypesViewProps {
  readonly project: string
  readonly model: string | null
  readonly type: string | null
  readonly side: string | null
}

/** Models and entity types at the left; a model with its types, or the properties of one type, beside them. */
export function TypesView({ project, model, type, side: given }: TypesViewProps) {
  const w = useTypesWords()
  const version = useEngine((state) => state.version)
  const isReady = useEngine((state) => state.state === 'ready')
  const problems = useEngine((state) => state.problems)
  const content = useContent()
  const [search, setSearch] = useState('')
  // The engine applies an edit before it answers later requests.
  const { value, failure } = useQuery(isReady ? [version, content, problems].map(numberOf).join(' ') : null, (signal) =>
    ask('entity-types', null, { signal }),
  )
  if (value === null)
    return failure === null ? <p className="p-5 text-ink-soft">{w.common.loading}</p> : <FailureBar failure={failure} />
  if (value.types.length === 0 && value.models.length === 0)
    return (
      <Empty icon={<Shapes size={20} aria-hidden />} title={w.types.empty}>
        {w.types.emptySays}
      </Empty>
    )
  const shown = value.models.some(({ id }) => id === model) ? (model ?? ALL_MODELS) : ALL_MODELS
  const rows = typeRows(value, shown)
  const side = given === 'source' ? 'source' : 'sink'
  const row =
    type === null ? null : (typeRows(value, ALL_MODELS).find((each) => each.id === type && each.side === side) ?? null)
  const goTo = (next: { model?: string; type?: string | null; side?: string | null }) =>
    go({ at: 'types', project, model: next.model ?? shown, type: next.type ?? null, side: next.side ?? null })
  return (
    <div className="flex min-h-0 flex-1">
      <TypeList
        project={project}
        models={value.models}
        model={shown}
        rows={foundRows(rows, search)}
        of={rows.length}
        chosen={row}
        search={search}
        onSearch={setSearch}
        onModel={(id) => goTo({ model: id })}
      />
      {type === null ? (
        <ModelPage
          project={project}
          answer={value}
          model={shown}
          rows={foundRows(rows, search)}
          onModel={(id) => goTo({ model: id })}
        />
      ) : (
        <TypePage
          key={`${type} ${side}`}
          project={project}
          model={shown}
          id={type}
          side={side}
          row={row}
          onSide={(next) => goTo({ type, side: next })}
        />
      )}
    </div>
  )
}

const numberByValue = new WeakMap<object, number>()
let lastNumber = 0

/** A number for each value, so that values compared by identity make a key. */
function numberOf(value: object | number): number {
  if (typeof value === 'number') return value
  const known = numberByValue.get(value) ?? ++lastNumber
  numberByValue.set(value, known)
  return known
}
