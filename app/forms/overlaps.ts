/** Matches between the values of two sides, computed by the engine after every change. */
import {
  isWithin,
  type Json,
  type JsonPath,
  kindOfPart,
  type Overlap,
  type OverlapRequest,
  type OverlapSide,
  printJson,
} from '../../engine-worker/index.ts'
import { usePipe } from '../pipe/pipe.ts'
import { stageData, usePreviewStore } from '../pipe/preview-store.ts'
import { stagesOf } from '../pipe/stages.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useQuery } from '../store/use-query.ts'
import { stageBefore } from './scope.ts'

const noOverlaps: readonly Overlap[] = []
const noEntities: readonly string[] = []
/** Milliseconds without a change before the engine is asked: longer than the pause between two keystrokes. */
const requestDelay = 120

/** The matches; empty where a side is not known. */
export function useOverlaps(
  left: OverlapSide | null,
  right: OverlapSide | null,
  pairs?: readonly (readonly [Json, Json])[],
): readonly Overlap[] {
  const { id } = usePipe()
  const version = useEngine((state) => state.version)
  const request: OverlapRequest | null =
    left && right ? { pipe: id, left, right, ...(pairs === undefined ? {} : { pairs }) } : null
  const key =
    request === null || pairs?.length === 0
      ? null
      : printJson([id, String(version), JSON.stringify(left), JSON.stringify(right), pairs?.map(copy) ?? null])
  const find = async () => (request === null ? noOverlaps : await ask('overlaps', request))
  const { value, failure } = useQuery(key, find, { delay: requestDelay })
  return failure === null && value !== null ? value : noOverlaps
}

function copy([left, right]: readonly [Json, Json]): Json {
  return [left, right]
}

/** What comes into the stage of a place, as a side of a join: the whole dataset where it is one, else the sample. */
export function useIncomingSide(place: JsonPath): OverlapSide | null {
  const { value } = usePipe()
  const stages = stagesOf(value)
  const index = stages.findIndex(({ path }) => isWithin(place, path))
  const before = stageBefore(value, place)
  const entities = usePreviewStore((live) => stageData(live, before)?.entities ?? noEntities)
  const source = stages[0]
  const { dataset } = source?.config ?? {}
  if (
    index === 1 &&
    source &&
    kindOfPart('source', source.config)?.readsDatasets === 'log' &&
    typeof dataset === 'string'
  )
    return { dataset }
  return entities.length > 0 ? { entities } : null
}
