import type { NodeProps } from '@xyflow/react'
import { count } from '../../i18n/numbers.ts'
import { goTo } from '../../pipe/names.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { liveEntitiesOf } from '../flow/state.ts'
import type { SideNode } from './canvas-elements.ts'

/** Datasets that come in from the side: what the source reads, or what hops of a step reach. A click goes to them. */
export function SideCard({ data: { how, inputs } }: NodeProps<SideNode>) {
  const w = usePipeWords()
  const summaries = useEngine((state) => state.datasets)
  const joined = how === 'hops'
  return (
    <section
      aria-label={joined ? w.pipe.sideInputs : w.pipe.strip.sources}
      className={classes(
        'flex h-full flex-col overflow-hidden rounded-lg border px-1',
        joined ? 'border-dashed border-hops bg-hops-soft' : 'border-line bg-surface shadow-low',
      )}
    >
      {!joined && <h2 className="eyebrow truncate px-2 pt-1">{w.pipe.strip.sources}</h2>}
      <ul className="flex flex-col">
        {inputs.map(({ dataset, alias }) => {
          const live = liveEntitiesOf(summaries, dataset)
          return (
            <li key={`${dataset} ${alias}`}>
              <button
                type="button"
                title={dataset}
                onClick={() => goTo({ what: 'dataset', name: dataset })}
                className={classes(
                  'flex h-6 w-full items-center gap-2 rounded-sm px-2 text-left -outline-offset-2 hover:bg-hover',
                  joined && 'text-hops',
                )}
              >
                <span className="min-w-0 truncate font-semibold">{dataset}</span>
                <span className="mono shrink-0">{alias}</span>
                <span className="ml-auto shrink-0 text-tiny">{live === null ? '' : count(live)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {joined && <p className="truncate px-2 text-tiny text-hops">{w.pipe.joinedByHops}</p>}
    </section>
  )
}
