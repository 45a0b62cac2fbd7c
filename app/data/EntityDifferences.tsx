import { formatPart, type JsonObject } from '../../engine-worker/index.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useQuery } from '../store/use-query.ts'
import { useBrowseWords } from './browse-words.ts'
import { TextDiff } from './TextDiff.tsx'
import { entityOf } from './window.ts'

/** Where an entity is. */
interface EntityPlace {
  readonly dataset: string
  readonly id: string
}

/** Two entities, of one dataset or of two, line by line. */
export function EntityDifferences({ left, right }: { readonly left: EntityPlace; readonly right: EntityPlace }) {
  const w = useBrowseWords().browse.compare
  const version = useEngine((state) => state.version)
  const { value, failure } = useQuery(
    JSON.stringify([version, left, right]),
    async () => Promise.all([latestText(left), latestText(right)]),
    { about: JSON.stringify([left, right]) },
  )
  if (failure !== null) return <p className="px-4 py-2 text-bad">{failure}</p>
  if (value === null) return null
  const [one, other] = value
  if (one === null || other === null) {
    const { id, dataset } = one === null ? left : right
    return <p className="px-4 py-2 text-bad">{w.noOther(id, dataset)}</p>
  }
  const label = `${left.dataset} ${left.id} · ${right.dataset} ${right.id}`
  return (
    <section aria-label={label} className="overflow-hidden rounded-lg border border-line bg-surface">
      <h3 className="mono border-b border-line bg-sunken px-3 py-1 break-all">
        {left.id} ({left.dataset}) → {right.id} ({right.dataset})
      </h3>
      {one === other ? (
        <p className="px-3 py-2 text-ink-soft">{w.equal}</p>
      ) : (
        <TextDiff before={one} after={other} label={label} />
      )}
    </section>
  )
}

/** The latest version as text, its properties in order, so that only what differs is shown; null where there is none. */
async function latestText({ dataset, id }: EntityPlace): Promise<string | null> {
  const [text] = await ask('versions', { dataset, id })
  if (text === undefined) return null
  const entity = entityOf(text)
  const names = Object.keys(entity).filter((name) => name === '_id' || !name.startsWith('_'))
  const sorted: JsonObject = Object.fromEntries(names.sort().map((name) => [name, entity[name] ?? null]))
  return formatPart(sorted)
}
