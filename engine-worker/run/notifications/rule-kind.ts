/**
 * A kind of notification rule: what it asks for, and when it fires. It is declared once; reading, the form, its words in
 * the app and the tests of each kind follow from the declaration. The names are those of the rules that Sesam's portal has
 * had (`hub/swagger_portal.yaml`, `NotificationRule`), and of `extra_rule_info`.
 */
import type { JsonObject } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'
import type { PipeStatus } from './pipe-status.ts'
import type { ProjectStatus } from './project-status.ts'

/** One member of `extra_rule_info`. */
export interface RuleField {
  readonly name: string
  readonly label: string
  readonly is: 'number' | 'seconds' | 'text' | 'choice'
  /** Of a choice. */
  readonly of?: readonly string[]
  /** In its place where it is not given; without one it has to be given. */
  readonly default?: number | string
  /** For a number: the least that is allowed. */
  readonly min?: number
}

/** The values of the fields of a rule, each of the type that its field declares. */
export interface RuleValues {
  number(name: string): number
  text(name: string): string
}

/**
 * What a rule has found for a pipe or the project. `event` identifies what has happened: one event is notified once.
 */
export interface RuleFinding {
  readonly event: string
  readonly problem: Problem
}

/** A kind of rule: of pipes, or of the project as a whole. */
export type RuleKind = PipeRuleKind | ProjectRuleKind

interface CommonRuleKind {
  /** `type` of a rule. */
  readonly type: string
  readonly label: string
  readonly says: string
  readonly fields: readonly RuleField[]
  /** What it finds has happened at a moment and stays found; what happened before the rule was there is not told. */
  readonly isMoment?: boolean
}

export interface PipeRuleKind extends CommonRuleKind {
  readonly about: 'pipe'
  /** Whether a pipe whose pump is disabled is left out. */
  readonly scheduledOnly?: boolean
  readonly find: (status: PipeStatus, values: RuleValues) => RuleFinding | null
}

/** A rule of this kind names no pipe. */
interface ProjectRuleKind extends CommonRuleKind {
  readonly about: 'project'
  readonly find: (status: ProjectStatus, values: RuleValues) => RuleFinding | null
}

/** The values of a rule by its fields; what is missing has its default. */
export function ruleValues({ fields }: RuleKind, info: JsonObject): RuleValues {
  const givenOrDefault = (name: string) => {
    const given = Object.hasOwn(info, name) ? info[name] : undefined
    return given ?? fields.find((field) => field.name === name)?.default ?? ''
  }
  return { number: (name) => Number(givenOrDefault(name)), text: (name) => String(givenOrDefault(name)) }
}
