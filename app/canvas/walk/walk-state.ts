/** Where this tab stands in the walk of an entity, where it stops, and with which other entity it compares. */
import { create } from 'zustand'
import { type comparisons, conditionCall, printJson, segmentText } from '../../../engine-worker/index.ts'

/** A step at which the walk stops; with a condition only where it holds. */
interface Breakpoint {
  /** Path as the engine names it. */
  readonly path: string
  readonly condition: BreakCondition | null
}

/** A condition on a property of the entity that comes in (`source`) or is being made (`target`). */
export interface BreakCondition {
  readonly side: 'source' | 'target'
  readonly property: string
  readonly how: keyof typeof comparisons
  readonly value: string
}

interface WalkState {
  /** The pipe that the rest is about. */
  readonly pipe: string
  /** Key of the row that one stands on; null: the first. */
  readonly key: string | null
  /** `_id` of the other entity; null: one alone. */
  readonly other: string | null
  readonly breakpoints: readonly Breakpoint[]
  /** `_id` of an entity that is kept by pipe, when others are looked at in between. */
  readonly pinned: Readonly<Record<string, string>>
}

export const useWalk = create<WalkState>(() => ({ pipe: '', key: null, other: null, breakpoints: [], pinned: {} }))

/** Begins with another pipe: its breakpoints are its own. */
export function walkPipe(pipe: string): void {
  if (useWalk.getState().pipe !== pipe) useWalk.setState({ pipe, key: null, other: null, breakpoints: [] })
}

/** Sets a breakpoint at a step, or takes it away. */
export function toggleBreakpoint(path: string): void {
  useWalk.setState(({ breakpoints }) => ({
    breakpoints: breakpoints.some((each) => each.path === path)
      ? breakpoints.filter((each) => each.path !== path)
      : [...breakpoints, { path, condition: null }],
  }))
}

/** Lets a breakpoint stop only where a condition holds. */
export function setCondition(path: string, condition: BreakCondition | null): void {
  useWalk.setState(({ breakpoints }) => ({
    breakpoints: breakpoints.map((each) => (each.path === path ? { path, condition } : each)),
  }))
}

/** Keeps an entity for a pipe, or lets it go. */
export function pinEntity(pipe: string, entity: string | null): void {
  useWalk.setState(({ pinned }) => {
    const { [pipe]: _, ...others } = pinned
    return { pinned: entity === null ? others : { ...others, [pipe]: entity } }
  })
}

/** Breakpoints as the engine takes them. */
export function askedBreakpoints(breakpoints: readonly Breakpoint[]) {
  return breakpoints.map(({ path, condition }) => ({
    path,
    ...(condition === null || condition.property === '' ? {} : { when: conditionText(condition) }),
  }))
}

/** The condition as JSON text of DTL. */
function conditionText({ side, property, how, value }: BreakCondition): string {
  const left = `${side === 'source' ? '_S' : '_T'}.${segmentText(property)}`
  return printJson(conditionCall(how, left, typedValue(value)))
}

/** What was typed, as a number where it is one. */
function typedValue(text: string) {
  const number = Number(text.replace(',', '.'))
  if (text.trim() !== '' && Number.isFinite(number)) return number
  return text === 'true' ? true : text === 'false' ? false : text
}
