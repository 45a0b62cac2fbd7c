import { useMemo } from 'react'
import type { AnswerOf } from '../../engine-worker/index.ts'
import { href } from '../route.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import { useQuery } from '../store/use-query.ts'
import { useBrowseWords } from './browse-words.ts'

type Reason = NonNullable<AnswerOf<'provenance'>['made'][number]['deletion']>

/** Says that an entity is deleted, and why: a filter of its pipe, or its source entity. */
export function DeletedNote({ dataset, id }: { readonly dataset: string; readonly id: string }) {
  const w = useBrowseWords().browse
  const project = useProject((state) => state.id)
  const version = useEngine((state) => state.version)
  const place = useMemo(() => ({ dataset, id }), [dataset, id])
  const { value } = useQuery(JSON.stringify([place, version]), () => ask('provenance', place))
  const reasons = value?.made.flatMap(({ pipe, deletion }) => (deletion ? [{ pipe, deletion }] : [])) ?? []
  return (
    <div className="px-4 text-bad">
      <p>{w.data.isDeleted}</p>
      {reasons.map(({ pipe, deletion }) => (
        <p key={pipe} className="text-ink-soft">
          {reasonText(deletion, w.deletion)}{' '}
          {project !== null && (
            <a className="link" href={href({ at: 'pipe', project, pipe })}>
              {pipe}
            </a>
          )}
        </p>
      ))}
    </div>
  )
}

function reasonText(reason: Reason, w: ReturnType<typeof useBrowseWords>['browse']['deletion']): string {
  if (reason.why === 'source' || reason.why === 'outdated') return w[reason.why]
  const place = /^transform\/(\d+)$/.exec(reason.stage)?.[1]
  return place === undefined ? w.stage(reason.why, reason.stage) : w.transform(reason.why, Number(place) + 1)
}
