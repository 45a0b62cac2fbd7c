/** What compiled rules are run with: the variables of an evaluation, and what it needs from outside. */
import type { DateTime, Dict, Entity, Json, Value } from '../entity/value.ts'
import type { RunBudget } from './budget.ts'

/** A compiled expression. */
export type Eval = (frame: Frame) => Value
/** A compiled transform; `false` stops the processing of the entity at hand (filter, discard). */
export type Step = (frame: Frame) => boolean

/**
 * The variables during evaluation. One frame per applied rule; `it` and `aliases` are set and restored around
 * function-expressions and joins.
 */
export interface Frame {
  /** `_S`: an entity, or any value inside an applied rule. */
  S: Value
  /** `_T` */
  T: Dict
  /** `_P` */
  P: Frame | null
  /** `_R` */
  R: Frame
  /** `_` */
  it: Value
  /** Entities bound to hops aliases, by the slot the compiler gave them. */
  aliases: Value[]
  /** How many rules are being applied inside each other. */
  depth: number
  /** The shape of `_S`, once something needed it (compile/shape.ts). */
  shape: Shape | null
  /** What the rule does beside the target. */
  out: Outcome
  ctx: Context
}

/** What the processing of one source entity has done besides building its target. */
export interface Outcome {
  /** The target when all is done. */
  target: Entity | null
  /** Entities of `create`, in order; replaced, not added to. */
  created: readonly Entity[]
  /** Set by filter and discard. */
  stopped: 'filtered' | 'discarded' | null
}

/** What evaluation needs from outside. One per pipe run; `entity` fields change as entities pass. */
export interface Context {
  /** Nanosecond time of this evaluation (the same during one entity). */
  now(): DateTime
  /** Uniform in [0, 1). */
  random(): number
  /** Fills the array with random bytes fit for cryptography. */
  randomBytes(length: number): Uint8Array
  /** Makes what is drawn next depend on the key alone, where runs are compared. */
  seed?: ((key: string) => void) | undefined
  readonly pipe: string
  readonly namespaces: Namespaces
  /** The value of a secret, or null. */
  secret(name: string): string | null
  /** `_B`: parameters of the endpoint's URL. */
  readonly parameters: Dict
  /** The previous version of the root source entity: null when there is none, undefined where the source keeps none. */
  readonly previous: Entity | null | undefined
  /** What the target of the default rule begins with, in worked examples. */
  readonly target?: Dict | undefined
  /** The completeness that dataset `via` holds for `dataset`, or null. */
  completeness(via: string, dataset: string): DateTime | null
  readonly datasets: Datasets
  /**
   * The result of asynchronous work inside a synchronous evaluation. The first call with a key starts the work and
   * suspends the entity (by throwing {@link Suspended}); when the entity is evaluated again the result is returned. Keys
   * must say everything the work depends on; they live as long as the entity's evaluation.
   */
  wait<T>(key: string, work: () => Promise<T>): T
  /** Passes time; used through {@link wait}. */
  pause(seconds: number): Promise<void>
  /** Counts work done in loops; throws a Fault when the entity's budget is used up. Units: about one value handled. */
  spend(units: number): void
  /** Units spent by the entity at hand, and how many it may spend. */
  readonly spent: number
  readonly allowance: number
  /** What all entities of the run may use together. */
  readonly budget: RunBudget
}

/** The namespace settings of a pipe (features/namespaces.rst). */
export interface Namespaces {
  /** `namespaced_identifiers` */
  readonly enabled: boolean
  readonly identity: string
  readonly property: string
  /** Prefix to URI expansion, longest match first when collapsing: `node-metadata` and built-in ones. */
  readonly expansions: ReadonlyMap<string, string>
  /** The section `rdf` of the node's metadata: prefixes and rules of the deprecated `uri-expand`. */
  readonly rdf?: Json
}

/** Read access to other datasets. May suspend; the entity is then evaluated again when the data is at hand. */
export interface Datasets {
  /** The latest version, deleted or not; null when there is none. Not dependency tracked. */
  lookup(dataset: string, id: string): Entity | null
  /** The latest, not deleted entities one of whose keys equals one of `keys`, ordered by `_id`. Dependency tracked when `tracked`. */
  join(dataset: string, index: JoinIndex, keys: readonly string[], tracked: boolean): readonly Entity[]
  /** All latest, not deleted entities, ordered by `_id`; for joins no index can serve. */
  all(dataset: string, tracked: boolean): readonly Entity[]
}

/** How a dataset is indexed for joins: from an entity to its keys, as texts of `joinKey` (entity/order.ts). */
export interface JoinIndex {
  /** The same expression has the same id, so that pipes share indexes. */
  readonly id: string
  keysOf(entity: Entity): readonly string[]
}

/**
 * Thrown through an evaluation that has to wait; the runner of the batch awaits `until` and evaluates the entity again.
 */
export class Suspended {
  constructor(readonly until: Promise<unknown>) {}
}

/** The properties that carry an identifier: none, one, or several in order. */
export type Carriers = string | readonly string[] | null

/** The names of a dict in order, and what was found out about them once for all dicts alike. */
export interface Shape {
  readonly names: readonly string[]
  readonly carriers: Map<string, Carriers>
}
