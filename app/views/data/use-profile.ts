/** What the values of a dataset look like, as far as it is known; asked for again when a run has changed the dataset. */
import { useEffect, useMemo, useState } from 'react'
import type { AnswerOf, Filter } from '../../../engine-worker/index.ts'
import type { TableProfile } from '../../data/TableHead.tsx'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'

interface ProfileQuery {
  /** Null asks for nothing. */
  readonly dataset: string | null
  readonly properties: readonly string[]
  readonly search: string
  readonly filters: readonly Filter[]
}

/** The number of columns whose heads are filled at once; others are filled when they are shown. */
const maxColumns = 40

/** The profile of columns; of a large dataset one column after the other. Null until something is known. */
export function useProfile({ dataset, properties, search, filters }: ProfileQuery): TableProfile | null {
  const version = useEngine((state) => state.version)
  const [partial, setPartial] = useState<{ readonly key: string; readonly answer: AnswerOf<'profile'> } | null>(null)
  const profiledProperties = properties.slice(0, maxColumns)
  const hasQuery = search !== '' || filters.length > 0
  const key =
    dataset === null || profiledProperties.length === 0
      ? null
      : JSON.stringify([dataset, version, profiledProperties, search, filters])
  const { value, stale } = useQuery(
    key,
    (signal) =>
      ask(
        'profile',
        {
          dataset: dataset ?? '',
          properties: profiledProperties,
          ...(hasQuery ? { query: { ...(search ? { search } : {}), filters } } : {}),
        },
        { signal, onEvent: (answer) => key !== null && setPartial({ key, answer }) },
      ),
    { about: dataset, delay: 150 },
  )
  const isKnown = value !== null && !stale
  // Read once, columns are kept beside the dataset, in the background, so that they are at hand the next time.
  useEffect(() => {
    if (dataset === null || !isKnown) return
    const request = new AbortController()
    // A failure leaves them as they were; the profile itself is there.
    ask('follow-columns', { dataset }, { signal: request.signal }).catch(() => undefined)
    return () => request.abort()
  }, [dataset, isKnown])
  const answer =
    stale && partial?.key === key ? partial.answer : (value ?? (partial?.key === key ? partial.answer : null))
  return useMemo(
    () => answer && { ...answer, properties: new Map(answer.properties.map((each) => [each.name, each])) },
    [answer],
  )
}
