/** How values of two sides meet, asked of the engine after every change and kept while a new answer is under way. */
import { useEffect, useState } from 'react'
import { type Json, printJson } from '../../engine-worker/index.ts'
import type { Overlap, OverlapRequest, OverlapSide } from '../../engine-worker/protocol.ts'
import { stageData, useLive } from '../canvas/pipe/live.ts'
import { usePipe } from '../canvas/pipe/pipe.ts'
import { stagesOf } from '../canvas/pipe/stages.ts'
import { isWithin, type Path } from '../canvas/pipe/tree.ts'
import { overlaps, useEngine } from '../store/engine.ts'
import { stageBefore } from './scope.ts'

const none: readonly Overlap[] = []
const noEntities: readonly string[] = []
/** Typing is faster than this. */
const patience = 120

/** The engine's answer; none where a side is not known. */
export function useOverlaps(
  left: OverlapSide | null,
  right: OverlapSide | null,
  pairs?: readonly (readonly [Json, Json])[],
): readonly Overlap[] {
  const { id } = usePipe()
  const version = useEngine((state) => state.version)
  const [found, setFound] = useState(none)
  const request: OverlapRequest | null =
    left && right ? { pipe: id, left, right, ...(pairs === undefined ? {} : { pairs }) } : null
  const key = request === null ? '' : printJson([JSON.stringify(left), JSON.stringify(right), pairs?.map(copy) ?? null])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the request holds
  useEffect(() => {
    if (request === null || pairs?.length === 0) {
      setFound(none)
      return
    }
    let current = true
    const waiting = setTimeout(() => {
      overlaps(request).then(
        (answer) => current && setFound(answer),
        () => current && setFound(none),
      )
    }, patience)
    return () => {
      current = false
      clearTimeout(waiting)
    }
  }, [key, version, id])
  return found
}

function copy([left, right]: readonly [Json, Json]): Json {
  return [left, right]
}

/** What comes into the stage of a place, as a side of a join: the whole dataset where it is one, else the sample. */
export function useIncoming(place: Path): OverlapSide | null {
  const { value } = usePipe()
  const stages = stagesOf(value)
  const index = stages.findIndex(({ path }) => isWithin(place, path))
  const before = stageBefore(value, place)
  const entities = useLive((live) => stageData(live, before)?.entities ?? noEntities)
  const source = stages[0]
  const { dataset } = source?.config ?? {}
  if (index === 1 && source?.type === 'dataset' && typeof dataset === 'string') return { dataset }
  return entities.length > 0 ? { entities } : null
}

/** An expression about one alias with `_S` in its place; null where it reads anything else. */
export function aboutSource(expression: Json, alias: string): Json | null {
  if (typeof expression === 'string') {
    const [, variable] = /^(_[A-Z]?|[A-Za-z][\w-]*)\./.exec(expression) ?? []
    if (variable === undefined) return expression
    return variable === alias ? `_S${expression.slice(alias.length)}` : null
  }
  if (!Array.isArray(expression)) return typeof expression === 'object' && expression !== null ? null : expression
  const parts: Json[] = []
  for (const each of expression) {
    const part = aboutSource(each, alias)
    if (part === null && each !== null) return null
    parts.push(part)
  }
  return parts
}

/** The alias that an expression is about; null where it is about none or several. */
export function aliasOf(expression: Json, aliases: readonly string[]): string | null {
  const found = new Set<string>()
  const visit = (json: Json): void => {
    if (typeof json === 'string') {
      const name = aliases.find((alias) => json.startsWith(`${alias}.`))
      if (name !== undefined) found.add(name)
    } else if (Array.isArray(json)) for (const each of json) visit(each)
  }
  visit(expression)
  const [only, more] = found
  return more === undefined ? (only ?? null) : null
}
