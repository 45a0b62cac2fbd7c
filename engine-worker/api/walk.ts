/**
 * One entity's way through a pipe, moment by moment: every stage, every transform and every rule that is applied to a
 * row, with what changed. It is what the interpreter itself does with the entity, recorded; nothing is written, and no
 * request leaves. Large entities and long lists are cut, and it is said where.
 */
import { rulesProperty } from '../config/model/nested.ts'
import { effectivePipe } from '../config/project/effective.ts'
import { maskedProblem } from '../connectors/mask.ts'
import type { RunnablePipe, TransformRuntime } from '../connectors/runtime.ts'
import { evaluateBatch } from '../dtl/batch.ts'
import { truthy } from '../dtl/coerce.ts'
import { compileAlone, compileRules } from '../dtl/compile/compile.ts'
import { type Moment, Timeline } from '../dtl/compile/timeline.ts'
import type { Frame } from '../dtl/evaluation.ts'
import { readJson } from '../entity/json.ts'
import { printEntity, printValue } from '../entity/transit.ts'
import type { Entity, Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { Fault, locate, type Problem } from '../problem.ts'
import { passThrough } from '../run/chain.ts'
import { Lookups, PipeRunContext } from '../run/context.ts'
import { componentOf, type Session } from '../run/session.ts'
import type { EntityPlace, SourceRecord } from '../run/sources/item.ts'
import { capability } from './capability.ts'
import { type PreviewItem, StageResult, type StoppedEntity } from './preview-items.ts'
import { notAPipe } from './preview-problems.ts'
import { noItems, placeInSource, sourceItems } from './source-items.ts'

/** One entity is followed through a pipe. */
export interface WalkRequest {
  /** The pipe as JSON text, saved or not. */
  readonly pipe: string
  /** `_id` of the source entity, or of one that the source merged into another; otherwise the first. */
  readonly entity?: string
  /** Steps to stop at, by path below the pipe; `when` is a DTL condition as JSON text. */
  readonly breakpoints?: readonly { readonly path: string; readonly when?: string }[]
}

/** A transform that was carried out, or a rule that was applied to a value. */
export interface WalkMoment {
  readonly is: 'step' | 'rule'
  /** JSON path below the pipe, e.g. `transform/0/rules/default/2`. */
  readonly path: string
  /** Place among the moments of the entity; -1 for the default rule. */
  readonly parent: number
  readonly depth: number
  /** For a rule: what it works on, and the `_id` of what it made. */
  readonly source?: string
  readonly target?: string
  readonly changes: readonly { readonly name: string; readonly before: string | null; readonly after: string | null }[]
  /** Changed properties that are left out. */
  readonly moreChanges: number
  /** What the expressions of a step came to, by path, in the order in which they were evaluated. */
  readonly values: readonly (readonly [path: string, value: string])[]
  readonly stopped?: true
  readonly problem?: Problem
  readonly found: readonly EntityPlace[]
  readonly foundInAll: number
  /** How often rules were applied inside, those that are left out too. */
  readonly rows: number
  readonly breaks?: true
}

/** An entity as it comes into a stage, what happens to it there, and what it becomes. */
export interface WalkEntity {
  readonly id: string
  readonly text: string
  readonly moments: readonly WalkMoment[]
  /** More happened than is shown. */
  readonly isCut: boolean
  /** What goes on. */
  readonly outputs: readonly { readonly id: string; readonly text: string }[]
  readonly stopped: StoppedEntity['how'] | null
}

/** A stage, with the entities of the walk that come into it. */
interface WalkStage {
  readonly stage: string
  readonly entities: readonly WalkEntity[]
  /** How many come in; the first are shown. */
  readonly total: number
}

/** The way of one entity. */
export interface EntityWalk {
  /** `_id` of the source entity; null where the source has none such. */
  readonly entity: string | null
  /** The entities of datasets that the source made it of. */
  readonly members: readonly EntityPlace[]
  /** The source entity as text. */
  readonly source: string | null
  readonly stages: readonly WalkStage[]
  /** What goes to the sink. */
  readonly ends: readonly { readonly id: string; readonly text: string }[]
  readonly problems: readonly Problem[]
  readonly milliseconds: number
}

/** Entities of one stage that are followed. */
const MOST_ENTITIES = 20
const walkLimits = { moments: 2000, rows: 20, values: 200 }
const MOST_CHANGES = 200
/** Characters of one text, and of all texts of a walk; behind that texts are cut short. */
const MAX_TEXT_LENGTH = 2000
const MAX_TOTAL_TEXT = 2_000_000
const SHORT_TEXT_LENGTH = 80

/** One entity's way through a pipe. */
export const walkEntity = capability('walkEntity', 'draft', (request: WalkRequest, { host }) =>
  walkThrough(host.current().session, request, host.platform.environment),
)

/** Follows one entity through a pipe, saved or not. */
async function walkThrough(session: Session, request: WalkRequest, around: Environment): Promise<EntityWalk> {
  const started = around.now()
  const walkOf = (partial: Partial<EntityWalk>): EntityWalk => ({
    entity: null,
    members: [],
    source: null,
    stages: [],
    ends: [],
    problems: [],
    ...partial,
    milliseconds: Number((around.now() - started) / 1000n) / 1000,
  })
  try {
    const component = componentOf(readJson(request.pipe))
    if (!component) return walkOf({ problems: [notAPipe({})] })
    const { problems } = effectivePipe(session.project, component)
    const pipe = session.runnable(component)
    if (pipe.needs) return walkOf({ problems: [...problems, pipe.needs] })
    return walkOf(await followEntity(session, pipe, request, around))
  } catch (error) {
    if (error instanceof Fault) return walkOf({ problems: [error.problem] })
    throw error
  }
}

async function followEntity(
  session: Session,
  pipe: RunnablePipe,
  request: WalkRequest,
  around: Environment,
): Promise<Partial<EntityWalk>> {
  const lookups = new Lookups(session.runner.store, null)
  const running = new PipeRunContext(pipe, around, lookups, new AbortController().signal, null)
  const { entity } = request
  const read = pipe.needs ? noItems : await sourceItems(session, pipe, running, { ...request, limit: 1 })
  const place = entity === undefined ? 0 : placeInSource(read.items, entity, read.followed)
  const first = place === null ? undefined : read.items[place]
  if (!first) return {}
  const texts = new TextBudget()
  const stops = stopsOf(pipe, request)
  const stages: WalkStage[] = []
  const problems: Problem[] = []
  let items: readonly SourceRecord[] = [first]
  for (const stage of pipe.stages) {
    const passed = await passStage(pipe, stage, items, running)
    problems.push(...passed.problems)
    const entities: WalkEntity[] = []
    for (const [number, item] of items.slice(0, MOST_ENTITIES).entries()) {
      const moments = await momentsOf(pipe, stage, item.entity, running, stops)
      const out = passed.outputs.filter(({ origin }) => origin === number)
      entities.push({
        id: idOf(item.entity),
        text: texts.entity(item.entity),
        moments: moments.moments.map((moment) => texts.moment(moment, pipe)),
        isCut: moments.isCut,
        outputs: out.slice(0, MOST_ENTITIES).map((each) => texts.named(each.item.entity)),
        stopped: passed.stopped.find(({ origin }) => origin === number)?.how ?? null,
      })
    }
    stages.push({ stage: stage.stage, entities, total: items.length })
    items = passed.outputs.map(({ item }) => item)
    if (items.length === 0) break
  }
  return {
    entity: idOf(first.entity),
    members: read.membersOf(first.key),
    source: texts.entity(first.entity),
    stages,
    ends: items.slice(0, MOST_ENTITIES).map(({ entity: each }) => texts.named(each)),
    problems,
  }
}

interface StagePass {
  readonly outputs: readonly PreviewItem[]
  readonly stopped: readonly StoppedEntity[]
  readonly problems: readonly Problem[]
}

/** What a stage makes of the entities; `origin` is the place of the entity that each was made of. */
async function passStage(
  pipe: RunnablePipe,
  stage: TransformRuntime,
  items: readonly SourceRecord[],
  running: PipeRunContext,
): Promise<StagePass> {
  const result = new StageResult(
    pipe.id,
    items.map((item, origin) => ({ item, origin })),
  )
  try {
    await passThrough([stage], items, running, null, (_, entities, derived, origins) =>
      result.add(entities, derived, origins),
    )
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { outputs: [], stopped: [], problems: [locate(error.problem, { pipe: pipe.id })] }
  }
  const { stopped, problems } = result.counts()
  return { outputs: result.outputs(), stopped, problems }
}

/** What the rules of a stage do to an entity; nothing where it has none. */
async function momentsOf(
  pipe: RunnablePipe,
  stage: TransformRuntime,
  entity: Entity,
  running: PipeRunContext,
  stops: ReadonlyMap<string, (frame: Frame) => boolean>,
): Promise<Pick<Timeline, 'moments' | 'isCut'>> {
  const timeline = new Timeline(walkLimits, stops)
  const part = pipe.effective.transforms.find(({ path }) => path.join('/') === stage.path.join('/'))
  if (!part || rulesProperty(part.config) === null) return timeline
  const { namespaces } = pipe.effective
  const { dtl } = compileRules(part.config, { namespaces, at: part.path, tracer: timeline })
  running.lookups.onFound = (dataset, { _id }) => typeof _id === 'string' && timeline.find(dataset, _id)
  const [evaluated] = await evaluateBatch([entity], dtl.run, running.context, () => timeline.clear())
  running.lookups.onFound = null
  if (evaluated && 'problem' in evaluated) {
    const last = timeline.moments.findLast(({ problem }) => problem !== null) ?? timeline.moments[0]
    if (last) last.problem ??= evaluated.problem
  }
  return timeline
}

/** Breakpoints as the interpreter asks them; a condition that cannot be evaluated does not stop. */
function stopsOf({ effective }: RunnablePipe, { breakpoints = [] }: WalkRequest) {
  return new Map(
    breakpoints.map(({ path, when }) => {
      if (when === undefined) return [path, () => true] as const
      const { expression, problems } = compileAlone(readJson(when), { namespaces: effective.namespaces })
      const isBreakpoint = (frame: Frame) => {
        if (problems.some(({ severity }) => severity === 'error')) return false
        try {
          return truthy(expression.evaluate(frame.S, frame.ctx, frame.T))
        } catch (error) {
          if (error instanceof Fault) return false
          throw error
        }
      }
      return [path, isBreakpoint] as const
    }),
  )
}

function idOf({ _id }: Entity): string {
  return typeof _id === 'string' ? _id : ''
}

/** Values as texts, which are cut when they are long or when there is much of them. */
class TextBudget {
  private charactersLeft = MAX_TOTAL_TEXT

  entity(entity: Entity): string {
    return this.shortened(printEntity(entity))
  }

  named(entity: Entity): { readonly id: string; readonly text: string } {
    return { id: idOf(entity), text: this.entity(entity) }
  }

  moment(moment: Moment, { mask }: RunnablePipe): WalkMoment {
    const { is, at, parent, depth, source, target, changes, values, stopped, problem, breaks } = moment
    const targetId = typeof target?._id === 'string' ? target._id : undefined
    return {
      is,
      path: at.join('/'),
      parent,
      depth,
      ...(source === undefined ? {} : { source: this.valueText(source) }),
      ...(targetId === undefined ? {} : { target: targetId }),
      changes: changes.slice(0, MOST_CHANGES).map(({ name, before, after }) => ({
        name,
        before: before === undefined ? null : this.valueText(before),
        after: after === undefined ? null : this.valueText(after),
      })),
      moreChanges: Math.max(0, changes.length - MOST_CHANGES),
      values: [...values].map(([path, value]) => [path, this.valueText(value)] as const),
      ...(stopped ? { stopped } : {}),
      ...(problem === null ? {} : { problem: maskedProblem(problem, mask) }),
      found: moment.found,
      foundInAll: moment.foundInAll,
      rows: moment.rows,
      ...(breaks ? { breaks } : {}),
    }
  }

  private valueText(value: Value): string {
    return this.shortened(printValue(value))
  }

  private shortened(text: string): string {
    const longest = this.charactersLeft > 0 ? MAX_TEXT_LENGTH : SHORT_TEXT_LENGTH
    this.charactersLeft -= Math.min(text.length, longest)
    return text.length <= longest ? text : `${text.slice(0, longest)}…`
  }
}
