/** The walk of an entity through the open pipe, asked for again after every edit; the last one stays meanwhile. */
import { useMemo } from 'react'
import { componentById, type EntityWalk } from '../../../engine-worker/index.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { stagesOf } from '../../pipe/stages.ts'
import { requestWalk } from '../../store/engine/preview.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useContent } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'
import { type WalkRow, walkRows } from './walk-rows.ts'
import { askedBreakpoints, useWalk } from './walk-state.ts'

interface WalkedEntity {
  readonly walk: EntityWalk | null
  readonly rows: readonly WalkRow[]
  readonly stale: boolean
  readonly failure: string | null
}

/** The walk of an entity (null: the first of the source), as rows. */
export function useWalkOf(entity: string | null, wanted = true): WalkedEntity {
  const { id, value } = usePipe()
  const component = componentById(useContent(), id, 'pipe')
  const version = useEngine((state) => state.version)
  const ready = useEngine((state) => state.state === 'ready')
  const breakpoints = useWalk((state) => state.breakpoints)
  const requestedBreakpoints = useMemo(() => askedBreakpoints(breakpoints), [breakpoints])
  const text = component?.text
  const request =
    text === undefined
      ? null
      : { pipe: text, breakpoints: requestedBreakpoints, ...(entity === null ? {} : { entity }) }
  const key = request === null || !ready || !wanted ? null : JSON.stringify([request, version])
  const {
    value: walk,
    stale,
    failure,
  } = useQuery(key, async () => (request === null ? null : requestWalk(request)), {
    about: JSON.stringify([id, entity]),
  })
  const stages = useMemo(() => stagesOf(value), [value])
  const rows = useMemo(() => walkRows(value, stages, walk), [value, stages, walk])
  return { walk, rows, stale, failure }
}
