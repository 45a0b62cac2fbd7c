import type { EntityPlace } from '../../../engine-worker/index.ts'
import { cellText } from '../../data/value.ts'
import { entityOf } from '../../data/window.ts'
import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'
import { useWalkWords } from './walk-catalogue.ts'

const maxRows = 20
const maxColumns = 5
/** More datasets than these are counted, not named. */
const maxDatasetsOpen = 3

/** The entities that joins of a step have found, as a small table. */
export function FoundRows({ found, all }: { readonly found: readonly EntityPlace[]; readonly all: number }) {
  const w = useWalkWords()
  const project = useProject((state) => state.id) ?? ''
  const version = useEngine((state) => state.version)
  const places = [...new Map(found.map((place) => [`${place.dataset} ${place.id}`, place])).values()].slice(0, maxRows)
  const key = JSON.stringify([places, version])
  const { value } = useQuery(key, () => Promise.all(places.map((place) => ask('versions', place))), { about: key })
  const rows = places.map((place, at) => {
    const latest = value?.[at]?.[0]
    return { place, entity: latest === undefined ? {} : entityOf(latest) }
  })
  const columns = [...new Set(rows.flatMap(({ entity }) => Object.keys(entity)))]
    .filter((name) => !name.startsWith('_') && !name.startsWith('$'))
    .slice(0, maxColumns)
  const datasets = [...new Set(places.map(({ dataset }) => dataset))]
  const several = datasets.length > 1
  const title = w.walk.foundIn(
    datasets.length > maxDatasetsOpen ? w.walk.datasets(datasets.length) : datasets.join(', '),
  )
  return (
    <section aria-label={title} className="overflow-x-auto rounded-lg border border-line bg-surface shadow-low">
      <h3 className="px-3 pt-2 text-tiny">
        <span className="eyebrow text-hops">{title}</span>{' '}
        <span className="text-ink-soft">{w.walk.found(count(all))}</span>
      </h3>
      <table className="w-full">
        <thead>
          <tr className="text-left text-tiny text-ink-soft">
            {several && <th className="px-3 py-1 font-normal">{w.walk.dataset}</th>}
            <th className="px-3 py-1 font-normal">_id</th>
            {columns.map((name) => (
              <th key={name} className="px-3 py-1 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ place, entity }) => (
            <tr key={`${place.dataset} ${place.id}`} className="border-t border-line/60">
              {several && <td className="px-3 py-1 text-ink-soft">{place.dataset}</td>}
              <td className="mono px-3 py-1">
                <a className="link" href={href({ at: 'data', project, dataset: place.dataset, entity: place.id })}>
                  {place.id}
                </a>
              </td>
              {columns.map((name) => (
                <td key={name} className="mono max-w-40 truncate px-3 py-1">
                  {Object.hasOwn(entity, name) ? cellText(entity[name] ?? null) : ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
