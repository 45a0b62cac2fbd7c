import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EntityPlace, JsonObject, Lineage, Provenance } from '../../engine-worker/index.ts'
import { count } from '../i18n/numbers.ts'
import { href } from '../route.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import { useQuery } from '../store/use-query.ts'
import { Select } from '../ui/Field.tsx'
import { useBrowseWords } from './browse-words.ts'
import { followProperty, useEntityView } from './entity-view.ts'
import { isStoreProperty } from './readable-values.ts'
import { ShownValue } from './ShownValue.tsx'
import { entityOf } from './window.ts'

interface OriginProps {
  readonly place: EntityPlace
  readonly entity: JsonObject
}

/** Where an entity, or the value of one of its properties, came from, and what became of it. */
export function Origin({ place, entity }: OriginProps) {
  const w = useBrowseWords()
  const version = useEngine((state) => state.version)
  const property = useEntityView((state) => state.property)
  const names = Object.keys(entity).filter((name) => !isStoreProperty(name))
  const followed = property !== null && names.includes(property) ? property : null
  const key = JSON.stringify([place, version])
  const { value, failure } = useQuery(key, () => ask('provenance', place), { about: JSON.stringify(place) })
  const { value: ways } = useQuery(
    JSON.stringify([place.dataset, followed, version]),
    async () => (followed === null ? null : ask('lineage', { dataset: place.dataset, property: followed })),
    { about: JSON.stringify([place.dataset, followed]) },
  )
  if (failure !== null) return <p className="px-4 py-3 text-bad">{failure}</p>
  if (value === null) return <p className="px-4 py-3 text-ink-soft">{w.common.loading}</p>
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <p className="flex items-center gap-2 text-ink-soft">
        <span aria-hidden>{w.browse.origin.follow}</span>
        <Select
          aria-label={w.browse.origin.follow}
          className="min-w-0 flex-1"
          value={followed ?? ''}
          onChange={(event) => followProperty(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{w.browse.origin.whole}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </p>
      <section>
        <h3 className="eyebrow mb-1 flex items-center gap-1">
          <ArrowUp size={12} aria-hidden /> {w.browse.origin.from}
        </h3>
        {value.made.map((each) => (
          <SourceEntities key={each.pipe} made={each} ways={ways} />
        ))}
        {value.made.length === 0 && <p className="text-ink-soft">{w.browse.origin.nobody}</p>}
      </section>
      <section>
        <h3 className="eyebrow mb-1 flex items-center gap-1">
          <ArrowDown size={12} aria-hidden /> {w.browse.origin.to}
        </h3>
        {value.became.map((each) => (
          <DerivedEntities key={`${each.pipe} ${each.how}`} became={each} />
        ))}
        {value.became.length === 0 && <p className="text-ink-soft">{w.browse.origin.nothing}</p>}
      </section>
    </div>
  )
}

function SourceEntities({ made, ways }: { readonly made: Provenance['made'][number]; readonly ways: Lineage | null }) {
  const w = useBrowseWords()
  return (
    <div className="mb-3">
      <p>
        <PipeLink pipe={made.pipe} />
      </p>
      {made.outside && <p className="text-ink-soft">{w.browse.origin.outside}</p>}
      {made.sources.length === 0 && !made.outside && <p className="text-ink-soft">{w.browse.origin.unknown}</p>}
      <ul className="mt-1 flex flex-col gap-1">
        {made.sources.map((place) => (
          <Source key={`${place.dataset} ${place.id}`} place={place} ways={ways} />
        ))}
        {made.joined.map((place) => (
          <Source key={`joined ${place.dataset} ${place.id}`} place={place} ways={ways} joined />
        ))}
      </ul>
    </div>
  )
}

interface SourceProps {
  readonly place: EntityPlace
  readonly ways: Lineage | null
  readonly joined?: boolean
}

/** One entity that another was made of; with the values that the followed property was made of. */
function Source({ place, ways, joined = false }: SourceProps) {
  const w = useBrowseWords()
  const names = ways === null ? [] : propertiesAbove(ways, place.dataset)
  const [only] = names
  return (
    <li className="rounded-md border border-line px-2 py-1">
      <EntityLink place={place} onFollow={() => followProperty(names.length === 1 && only !== undefined ? only : null)}>
        {joined && <span className="rounded bg-hops-soft px-1 text-tiny text-hops">{w.browse.origin.joined}</span>}
      </EntityLink>
      {names.length > 0 && <Values place={place} names={names} />}
    </li>
  )
}

/** The properties of a dataset that go directly into the followed one; those that only decide about it where none do. */
function propertiesAbove({ nodes, edges }: Lineage, dataset: string): readonly string[] {
  const here = new Set(nodes.flatMap(({ id, side }) => (side === 'here' ? [id] : [])))
  const namesOf = (decide: boolean) => {
    const direct = edges.filter(({ to, how }) => here.has(to) && (how === 'decides') === decide)
    const from = new Set(direct.map((edge) => edge.from))
    const found = nodes.filter((node) => from.has(node.id) && node.dataset === dataset && node.property !== '*')
    return [...new Set(found.map(({ property }) => property))]
  }
  const values = namesOf(false)
  return values.length > 0 ? values : namesOf(true)
}

function Values({ place, names }: { readonly place: EntityPlace; readonly names: readonly string[] }) {
  const version = useEngine((state) => state.version)
  const { value } = useQuery(
    JSON.stringify([place, version]),
    async () => {
      const [latest] = await ask('versions', place)
      return latest === undefined ? {} : entityOf(latest)
    },
    { about: JSON.stringify(place) },
  )
  if (value === null) return null
  return (
    <dl className="mono mt-0.5 grid grid-cols-[auto_1fr] gap-x-3">
      {names.map((name) => {
        const found = Object.hasOwn(value, name) ? value[name] : undefined
        return (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-source">{name}</dt>
            <dd className="min-w-0 truncate">{found === undefined ? '—' : <ShownValue value={found} typed />}</dd>
          </div>
        )
      })}
    </dl>
  )
}

function DerivedEntities({ became }: { readonly became: Provenance['became'][number] }) {
  const w = useBrowseWords()
  const { pipe, how, dataset, ids } = became
  return (
    <div className="mb-2">
      <p className="flex items-center gap-2">
        <PipeLink pipe={pipe} />
        {how === 'joined' && (
          <span className="rounded bg-hops-soft px-1 text-tiny text-hops">{w.browse.origin.joined}</span>
        )}
      </p>
      {dataset === null ? (
        <p className="text-ink-soft">{w.browse.origin.sent}</p>
      ) : (
        <ul className="mt-1 flex flex-wrap gap-1">
          {ids.slice(0, 20).map((id) => (
            <li key={id} className="rounded-md border border-line px-2 py-0.5">
              <EntityLink place={{ dataset, id }} onFollow={() => followProperty(null)} />
            </li>
          ))}
          {ids.length > 20 && <li className="px-1 text-ink-soft">{w.browse.origin.more(count(ids.length - 20))}</li>}
        </ul>
      )}
    </div>
  )
}

function PipeLink({ pipe }: { readonly pipe: string }) {
  const project = useProject((state) => state.id) ?? ''
  return (
    <a href={href({ at: 'pipe', project, pipe })} className="link font-semibold break-all">
      {pipe}
    </a>
  )
}

interface EntityLinkProps {
  readonly place: EntityPlace
  readonly onFollow: () => void
  readonly children?: ReactNode
}

function EntityLink({ place, onFollow, children }: EntityLinkProps) {
  const project = useProject((state) => state.id) ?? ''
  return (
    <a
      href={href({ at: 'data', project, dataset: place.dataset, entity: place.id })}
      onClick={onFollow}
      className="flex min-w-0 flex-wrap items-baseline gap-x-2 hover:underline"
    >
      <span className="text-ink-soft">{place.dataset}</span>
      <span className="mono break-all">{place.id}</span>
      {children}
    </a>
  )
}
