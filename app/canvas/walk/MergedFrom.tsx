import { useMemo } from 'react'
import { type EntityPlace, type Json, type JsonObject, sidesOfEquality } from '../../../engine-worker/index.ts'
import { aboutSource, aliasOf } from '../../forms/aliases.ts'
import { aliasOfEntry } from '../../forms/DatasetRows.tsx'
import type { DatasetAlias } from '../../forms/scope.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { FoundRows } from './FoundRows.tsx'
import { type KeyComparison, NearlyFound } from './NearMisses.tsx'
import { useWalkWords } from './walk-catalogue.ts'
import type { WalkRow } from './walk-rows.ts'

const noComparisons: readonly KeyComparison[] = []
/** Entities of one dataset that are compared. */
const maxPairs = 3
/** More datasets than these are counted, not named. */
const maxMembers = 3

/** What a merge made an entity of, and what it nearly took in from the datasets that gave nothing. */
export function MergedFrom({ row }: { readonly row: WalkRow }) {
  const w = useWalkWords()
  const { members, stage } = row
  const version = useEngine((state) => state.version)
  const missing = useMemo(() => missingSides(stage.config, members), [stage.config, members])
  const names = [...new Set(missing.map(({ dataset }) => dataset))]
  const key = missing.length === 0 ? null : JSON.stringify([missing.map(({ member }) => member), version])
  const { value } = useQuery(key, () =>
    Promise.all(
      missing.map(async ({ member, dataset, pairs }): Promise<KeyComparison | null> => {
        const [latest] = await ask('versions', member)
        return latest === undefined ? null : { entity: latest, dataset, pairs }
      }),
    ),
  )
  const comparisons = useMemo(() => value?.filter((each) => each !== null) ?? noComparisons, [value])
  return (
    <>
      <FoundRows found={members} all={members.length} />
      {names.length > 0 && (
        <NearlyFound
          title={w.walk.mergeNear(names.length > maxMembers ? w.walk.datasets(names.length) : names.join(', '))}
          nothing={w.walk.nothingNear}
          comparisons={comparisons}
        />
      )}
    </>
  )
}

interface MissingSide {
  readonly member: EntityPlace
  readonly dataset: string
  readonly pairs: readonly (readonly [Json, Json])[]
}

/** For each dataset that gave nothing: what the rules compare it with, of what others gave. */
function missingSides(config: JsonObject, members: readonly EntityPlace[]): readonly MissingSide[] {
  const entries = Array.isArray(config.datasets) ? config.datasets.filter((name) => typeof name === 'string') : []
  const aliases = entries.map(aliasOfEntry)
  const membersOf = (dataset: string) => members.filter((member) => member.dataset === dataset)
  return aliases
    .filter(({ dataset }) => membersOf(dataset).length === 0)
    .flatMap((absent) =>
      aliases.flatMap((present) => {
        const pairs = pairsOf(config, present, absent, aliases)
        return pairs.length === 0
          ? []
          : membersOf(present.dataset)
              .slice(0, maxPairs)
              .map((member) => ({ member, dataset: absent.dataset, pairs }))
      }),
    )
}

/** The expressions that the rules of a merge compare of two datasets, about `_S` each. */
function pairsOf(
  config: JsonObject,
  present: DatasetAlias,
  absent: DatasetAlias,
  aliases: readonly DatasetAlias[],
): readonly (readonly [Json, Json])[] {
  const names = aliases.map(({ alias }) => alias)
  const equality = Array.isArray(config.equality)
    ? config.equality.flatMap((each) => [sidesOfEquality(each) ?? []])
    : []
  const sets = Array.isArray(config.equality_sets) ? config.equality_sets.filter((each) => Array.isArray(each)) : []
  return [...equality, ...sets].flatMap((sides) => {
    const sidesOfAlias = ({ alias }: DatasetAlias) =>
      sides.filter((side) => aliasOf(side, names) === alias).flatMap((side) => aboutSource(side, alias) ?? [])
    const absentSides = sidesOfAlias(absent)
    return sidesOfAlias(present).flatMap((ours) => absentSides.map((each) => [ours, each] as const))
  })
}
