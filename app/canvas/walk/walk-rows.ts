/**
 * The walk of an entity as rows, from the first stage to the last: what was carried out, in its order, and the steps of
 * the configuration that were not reached. Positions are the rows that one can stand on.
 */
import {
  type EntityPlace,
  type EntityWalk,
  type Json,
  type JsonPath,
  kindOfPart,
  type WalkEntity,
  type WalkMoment,
} from '../../../engine-worker/index.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import type { Stage } from '../../pipe/stages.ts'

export interface WalkRow {
  /** The same for the same row of another entity's walk. */
  readonly key: string
  readonly is: 'stage' | 'entity' | 'step' | 'rule' | 'unreached'
  readonly depth: number
  readonly stage: Stage
  /** Number of the stage, from 0. */
  readonly number: number
  /** Place below the pipe, as it is written there. */
  readonly path: JsonPath
  readonly moment: WalkMoment | null
  /** The entity that comes into the stage; null for a stage that is not reached. */
  readonly entity: WalkEntity | null
  /** For an applied rule: which row of how many. */
  readonly row: number
  readonly of: number
  /** Key of the row that it happens in. */
  readonly parent: string | null
  /** For a source that merges: the entities that were merged into this one. */
  readonly members: readonly EntityPlace[]
}

/** All rows of a walk; only the stages, where there is none. */
export function walkRows(pipe: Json, stages: readonly Stage[], walk: EntityWalk | null): readonly WalkRow[] {
  return stages.flatMap((stage, number) => {
    const reached = walk?.stages.find((each) => each.stage === stage.id)
    const merges = stage.role === 'source' && kindOfPart('source', stage.config)?.readsDatasets === 'merge'
    const members = merges ? (walk?.members ?? []) : []
    const base = { stage, number, path: stage.path, moment: null, row: 0, of: 0, parent: null, members }
    const header: WalkRow = { ...base, key: stage.id, is: 'stage', depth: 0, entity: reached?.entities[0] ?? null }
    if (reached === undefined) return [header]
    const several = reached.entities.length > 1
    const rows = reached.entities.flatMap((entity, place) => {
      const key = `${stage.id} ${place}`
      const own = several
        ? [{ ...base, key, is: 'entity' as const, depth: 1, entity, row: place + 1, of: reached.total }]
        : []
      return [...own, ...rowsOfEntity(pipe, header, entity, key, several ? 1 : 0)]
    })
    return [header, ...rows]
  })
}

function rowsOfEntity(
  pipe: Json,
  header: WalkRow,
  entity: WalkEntity,
  prefix: string,
  depth: number,
): readonly WalkRow[] {
  const { stage } = header
  const { moments } = entity
  const keys: string[] = []
  const times = new Map<string, number>()
  const rows = moments.flatMap((moment, place): readonly WalkRow[] => {
    const around = keys[moment.parent] ?? prefix
    const inside = `${around}>${moment.path}`
    const time = times.get(inside) ?? 0
    times.set(inside, time + 1)
    const key = time === 0 ? inside : `${inside}#${time}`
    keys.push(key)
    if (moment.parent < 0) return []
    const parent = moments[moment.parent]
    const count = moment.is === 'rule' ? siblings(moments, place) : 0
    return [
      {
        ...header,
        key,
        is: moment.is,
        depth: depth + moment.depth,
        path: writtenPath(stage, moment.path),
        moment,
        entity,
        row: count,
        of: parent?.rows ?? 0,
        parent: parent === undefined || parent.parent < 0 ? null : around,
      },
    ]
  })
  return [...rows, ...unreachedRows(pipe, header, entity, prefix, depth)]
}

/** Which of the rules inside its step one is. */
function siblings(moments: readonly WalkMoment[], place: number): number {
  const { parent } = moments[place] ?? { parent: -1 }
  return moments.slice(0, place + 1).filter((each) => each.is === 'rule' && each.parent === parent).length
}

/** The steps of the default rule behind the last that was carried out. */
function unreachedRows(
  pipe: Json,
  header: WalkRow,
  entity: WalkEntity,
  prefix: string,
  depth: number,
): readonly WalkRow[] {
  const rule = [...header.stage.path, 'rules', 'default']
  const steps = valueAtPath(pipe, rule)
  if (!Array.isArray(steps) || typeof steps[0] === 'string' || entity.moments.length === 0) return []
  const reachedSteps = entity.moments
    .filter(({ depth: deep }) => deep === 1)
    .map(({ path }) => Number(path.split('/').at(-1)))
  const from = Math.max(-1, ...reachedSteps) + 1
  return steps.slice(from).map((_, each) => ({
    ...header,
    key: `${prefix}>unreached ${from + each}`,
    is: 'unreached' as const,
    depth: depth + 1,
    path: [...rule, from + each],
    entity,
  }))
}

/** A path of the engine as the configuration writes it: one transform that is not in a list has no number. */
function writtenPath(stage: Stage, path: string): JsonPath {
  const keys = path.split('/').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
  const below = typeof keys[1] === 'number' ? keys.slice(2) : keys.slice(1)
  return [...stage.path, ...below]
}

/** Whether one can stand on a row: a step that was carried out, a stage that has none, or a source that merges. */
export function isStandable({ is, entity, moment, stage, members }: WalkRow): boolean {
  if (is === 'step') return moment !== null
  if (members.length > 0) return true
  return is === 'stage' && entity !== null && entity.moments.length === 0 && stage.role === 'transform'
}

/** Where a walk begins: at the first step; at a source that merges only where nothing comes behind it. */
export function firstStandable(rows: readonly WalkRow[]): number {
  const step = rows.findIndex((row) => isStandable(row) && row.members.length === 0)
  return step >= 0 ? step : rows.findIndex(isStandable)
}

/** Where a key leads from a row: `next` and `back` stay beside it or go out, `into` and `out` change the level. */
export function rowByKey(rows: readonly WalkRow[], from: number, way: 'next' | 'back' | 'into' | 'out'): number {
  const here = rows[from]
  const placeOrStart = (place: number) => (place < 0 ? from : place)
  if (here === undefined) return placeOrStart(firstStandable(rows))
  // What stands in no other row is beside every such row, whatever its stage.
  const isBeside = (row: WalkRow) =>
    isStandable(row) && (row.parent === null || (here.parent !== null && row.depth <= here.depth))
  switch (way) {
    case 'next':
      return placeOrStart(rows.findIndex((row, place) => place > from && isBeside(row)))
    case 'back':
      return placeOrStart(rows.findLastIndex((row, place) => place < from && isBeside(row)))
    case 'into': {
      if (here.is === 'stage') return from
      const place = rows.findIndex((row, each) => each > from && isStandable(row))
      return place >= 0 && (rows[place]?.depth ?? 0) > here.depth ? place : from
    }
    case 'out':
      return here.parent === null
        ? from
        : placeOrStart(rows.findLastIndex((row, place) => place < from && isStandable(row) && row.depth < here.depth))
  }
}

/** The row where the entity was stopped, or where it failed; null where it goes to the end. */
export function stopOf(rows: readonly WalkRow[]): number | null {
  const place = rows.findLastIndex(
    ({ moment }) => moment !== null && (moment.stopped === true || moment.problem !== undefined),
  )
  return place < 0 ? null : place
}

/**
 * The row of the step that made a property of an output as it is: behind it nothing changes the value any more, and
 * steps that only hand on a property that came in with the same value are passed over.
 */
export function makerOf(rows: readonly WalkRow[], walk: EntityWalk, output: string, property: string): number | null {
  let followedOutput = output
  const names = new Set([output])
  for (const { stage, entities } of [...walk.stages].reverse()) {
    const inputs = entities.filter(
      ({ outputs, id }) => outputs.some((each) => each.id === followedOutput) || id === followedOutput,
    )
    const entity = inputs[0]
    if (entity === undefined) continue
    const after = valueIn(entity.outputs.find(({ id }) => id === followedOutput)?.text, property)
    const before = valueIn(entity.text, property)
    if (entity.moments.length > 0 && !(after !== undefined && after === before)) {
      const candidates = rows.flatMap((row, place) =>
        row.stage.id === stage && row.entity === entity && row.is === 'step' && changesProperty(row.moment, property)
          ? [place]
          : [],
      )
      const inTarget = candidates.filter((place) => names.has(targetAround(rows, place) ?? ''))
      const innermost = (inTarget.length > 0 ? inTarget : candidates).at(-1)
      if (innermost !== undefined) return innermost
    }
    followedOutput = entity.id
    names.add(followedOutput)
  }
  return null
}

function changesProperty(moment: WalkMoment | null, property: string): boolean {
  return moment?.changes.some(({ name }) => name === property) ?? false
}

/** `_id` of what the rule around a row makes. */
function targetAround(rows: readonly WalkRow[], place: number): string | undefined {
  const rule = rows.findLast((row, each) => each < place && row.is === 'rule' && row.depth < (rows[place]?.depth ?? 0))
  return rule?.moment?.target
}

function valueIn(text: string | undefined, property: string): string | undefined {
  try {
    const entity: unknown = JSON.parse(text ?? 'null')
    const own = typeof entity === 'object' && entity !== null && Object.hasOwn(entity, property)
    return own ? JSON.stringify(Reflect.get(entity, property)) : undefined
  } catch {
    // The text of a large entity is cut.
    return undefined
  }
}
