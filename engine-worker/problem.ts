/**
 * Problems: everything a user can cause, as values with an address. A problem is declared once with its code, its words
 * and what to do about it; validation, the command line and the screens read the same declaration.
 *
 * Inside the engine a problem travels as a {@link Fault}, thrown and caught at the boundary that knows the rest of the
 * address (the rule adds the path, the pump adds the entity and the pipe). Any other exception is a bug.
 */

/** `error`: it does not work; `warning`: it works otherwise than meant; `hint`: worth knowing. */
export type Severity = 'error' | 'warning' | 'hint'

/** The place of a problem; every part that is known is given. */
export interface Where {
  readonly file?: string
  readonly pipe?: string
  readonly system?: string
  /** JSON path inside the configuration object: keys and list indexes. */
  readonly path?: readonly (string | number)[]
  /** The `_id` of the entity at hand. */
  readonly entity?: string
  /** The DTL function, source type or sink type at hand. */
  readonly function?: string
  /** 1-based position in a text that could not be read. */
  readonly line?: number
  readonly column?: number
}

/** What the words of a problem are made of. */
export type Facts = Readonly<Record<string, string | number | boolean>>

/** A change of the configuration at the place of a problem that solves it. */
export type Repair =
  /** Another name for the first key or text there that is `from`. */
  | { readonly change: 'rename'; readonly from: string; readonly to: string }
  /** Another value in the place, also where nothing is there yet. */
  | { readonly change: 'set'; readonly value: string | number | boolean }
  /** The value as the only item of a list. */
  | { readonly change: 'wrap' }
  /** One more property of the object in the place. */
  | { readonly change: 'add'; readonly key: string; readonly value: string | number | boolean }
  /** The property in the place goes. */
  | { readonly change: 'remove'; readonly key: string }

/** A problem as it crosses walls: plain data. `message` and `fix` are its words in English, made from the facts. */
export interface Problem {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly fix?: string
  readonly where: Where
  readonly facts: Facts
  /** What solves it, where that is known for sure enough to offer it. */
  readonly repair?: Repair
}

interface Declaration<F extends Facts> {
  /** Kebab-case, unique in the product, stable over time. */
  readonly code: string
  readonly severity: Severity
  /** What is wrong, in one plain sentence made of the facts. */
  readonly says: (facts: F) => string
  /** What to do about it. */
  readonly fix?: (facts: F) => string
  /** The change that does it, or null where the facts do not tell. */
  readonly repair?: (facts: F) => Repair | null
}

/** Makes a problem of a declared kind. */
export type ProblemKind<F extends Facts> = ((facts: F, where?: Where) => Problem) & { readonly code: string }

const catalogue = new Map<string, Declaration<Facts>>()

/** Declares a kind of problem. Declare it next to the code that finds it. */
export function problem<F extends Facts>(declaration: Declaration<F>): ProblemKind<F> {
  const { code, severity } = declaration
  if (catalogue.has(code)) throw new Error(`problem ${code} is declared twice`)
  catalogue.set(code, declaration as unknown as Declaration<Facts>)
  const make = (facts: F, where: Where = {}): Problem => {
    const fix = declaration.fix?.(facts)
    const repair = declaration.repair?.(facts) ?? null
    return {
      code,
      severity,
      message: declaration.says(facts),
      ...(fix === undefined ? {} : { fix }),
      where,
      facts,
      ...(repair === null ? {} : { repair }),
    }
  }
  return Object.assign(make, { code })
}

/** The repair that puts a suggested name in the place of a wrong one; null where nothing is suggested. */
export function renameTo(from: string, to: string): Repair | null {
  return to === '' ? null : { change: 'rename', from, to }
}

/** All declared kinds, for the reference and for tests. */
export function problemKinds(): readonly Declaration<Facts>[] {
  return [...catalogue.values()]
}

/** A problem on its way up. */
export class Fault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message)
    this.name = 'Fault'
  }
}

/** What a thrown value says, for problems that give the reason of another program or library. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** The same problem with more of its address; what is known already stays, and `path` is put in front of the path. */
export function locate(problem: Problem, where: Where): Problem {
  const path =
    where.path && problem.where.path ? [...where.path, ...problem.where.path] : (problem.where.path ?? where.path)
  return { ...problem, where: { ...where, ...problem.where, ...(path ? { path } : {}) } }
}
