/**
 * What a regular expression costs on a text. JavaScript's own matcher tries every way of matching and cannot be stopped,
 * so a pattern such as `^(a+)+$` would hold the thread for ever. Where the worst case is not plainly small, the tries
 * are counted here before the matcher is asked.
 */
// regexpp: ESLint's parser of regular expressions. Loaded only when a schema has a pattern.
import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** Tries that one text may take: well under a second of JavaScript's matcher. */
export const MAX_TRIES = 4_000_000

/** How many tries a pattern takes on a text. */
export interface PatternCost {
  /** Texts up to this length are fine, whatever they are. */
  readonly safeLength: number
  /** 0 for a text of a safe length; infinite when it takes more than {@link MAX_TRIES}, or they cannot be counted. */
  tries(text: string): number
}

/** The cost of a pattern as JSON schema has them; null when it is no regular expression. */
export function patternCost(source: string): PatternCost | null {
  let pattern: AST.Pattern
  try {
    pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: true })
  } catch {
    return null // the validator says what is wrong with it
  }
  const safeLength = longestSafe(pattern)
  const program = compilePattern(pattern)
  return {
    safeLength,
    tries: (text) => {
      if (text.length <= safeLength) return 0
      return program === null ? Number.POSITIVE_INFINITY : countTries(program, [...text])
    },
  }
}

/** The longest text (up to a power of two) for which even the worst case is few tries. */
function longestSafe(pattern: AST.Pattern): number {
  let length = 1 << 28
  const size = pattern.raw.length + 1
  while (length > 0 && waysOfAny(pattern.alternatives, length) * size * (length + 1) > MAX_TRIES) length >>= 1
  return length
}

/** An upper bound of the ways in which one of the alternatives matches from one place on. */
function waysOfAny(alternatives: readonly AST.Alternative[], length: number): number {
  const ways = alternatives.map(({ elements }) => elements.reduce((all, each) => all * waysOf(each, length), 1))
  return ways.reduce((sum, each) => sum + each, 0)
}

function waysOf(element: AST.Element, length: number): number {
  if (element.type === 'Quantifier') {
    const { min, max } = element
    const inner = waysOf(element.element, length)
    if (min === max) return inner ** min
    if (max === 1) return 1 + inner
    // The ways of something that itself matches in several ways multiply with every turn of the loop.
    return inner > 1 ? Number.POSITIVE_INFINITY : Math.min(length, max - min) + 1
  }
  return 'alternatives' in element ? Math.max(1, waysOfAny(element.alternatives, length)) : 1
}

type Instruction =
  | { readonly is: 'character'; readonly matches: (character: string) => boolean }
  | { readonly is: 'assert'; readonly holds: (text: readonly string[], position: number) => boolean }
  | { readonly is: 'look'; readonly program: Program; readonly behind: boolean; readonly negate: boolean }
  | { readonly is: 'split'; readonly first: number; readonly second: number }
  | { readonly is: 'jump'; readonly to: number }
  /** Around a turn of a loop: a turn that matches nothing is refused. */
  | { readonly is: 'mark'; readonly loop: number }
  | { readonly is: 'moved'; readonly loop: number }

type Program = Instruction[]

/** Instructions that repetitions may take written out. */
const MAX_INSTRUCTIONS = 20_000

class NotCounted extends Error {}

/** The pattern as instructions; null where it refers back to its groups, or would be too long. */
function compilePattern(pattern: AST.Pattern): Program | null {
  try {
    const program: Program = []
    emitAny(pattern.alternatives, program)
    return program
  } catch (error) {
    if (error instanceof NotCounted) return null
    throw error
  }
}

/** Adds an instruction whose target is not known yet; gives its place. */
function reserve(program: Program): number {
  if (program.length > MAX_INSTRUCTIONS) throw new NotCounted('too long')
  return program.push({ is: 'jump', to: 0 }) - 1
}

function emitAny(alternatives: readonly AST.Alternative[], program: Program): void {
  const ends: number[] = []
  alternatives.forEach(({ elements }, index) => {
    const isLast = index === alternatives.length - 1
    const split = isLast ? -1 : reserve(program)
    for (const element of elements) emit(element, program)
    if (isLast) return
    ends.push(reserve(program))
    program[split] = { is: 'split', first: split + 1, second: program.length }
  })
  for (const end of ends) program[end] = { is: 'jump', to: program.length }
}

function emit(element: AST.Element, program: Program): void {
  if (element.type === 'Quantifier') emitLoop(element, program)
  else if (element.type === 'Group' || element.type === 'CapturingGroup') emitAny(element.alternatives, program)
  else if (element.type === 'Assertion') program.push(assertion(element))
  else if (element.type === 'Backreference') throw new NotCounted('refers back')
  else program.push({ is: 'character', matches: oneCharacter(element.raw) })
}

/** Whether a character is one of a set: JavaScript is asked, for each character once. */
function oneCharacter(raw: string): (character: string) => boolean {
  const pattern = new RegExp(`^(?:${raw})$`, 'u')
  const known = new Map<string, boolean>()
  return (character) => {
    const before = known.get(character)
    if (before !== undefined) return before
    const matches = pattern.test(character)
    known.set(character, matches)
    return matches
  }
}

function assertion(element: AST.Assertion): Instruction {
  if ('alternatives' in element) {
    const program: Program = []
    emitAny(element.alternatives, program)
    return { is: 'look', program, behind: element.kind === 'lookbehind', negate: element.negate }
  }
  if (element.kind === 'word') {
    const { negate } = element
    const isWord = (character: string | undefined) => character !== undefined && /^\w$/.test(character)
    return { is: 'assert', holds: (text, at) => (isWord(text[at - 1]) !== isWord(text[at])) !== negate }
  }
  const atStart = element.kind === 'start'
  return { is: 'assert', holds: (text, position) => position === (atStart ? 0 : text.length) }
}

function emitLoop({ element, min, max, greedy }: AST.Quantifier, program: Program): void {
  const emitRepetition = () => {
    const loop = reserve(program)
    program[loop] = { is: 'mark', loop }
    emit(element, program)
    program.push({ is: 'moved', loop })
  }
  const splitInstruction = (split: number): Instruction => {
    const [first, second] = greedy ? [split + 1, program.length] : [program.length, split + 1]
    return { is: 'split', first, second }
  }
  for (let count = 0; count < min; count++) {
    reserve(program)
    program.pop()
    emit(element, program)
  }
  if (max === Number.POSITIVE_INFINITY) {
    const split = reserve(program)
    emitRepetition()
    program.push({ is: 'jump', to: split })
    program[split] = splitInstruction(split)
    return
  }
  const splits: number[] = []
  for (let count = min; count < max; count++) {
    splits.push(reserve(program))
    emitRepetition()
  }
  for (const split of splits) program[split] = splitInstruction(split)
}

/** Where matching goes on; `marks` are the positions at which the turns of loops began. */
interface Thread {
  readonly at: number
  readonly position: number
  readonly marks: ReadonlyMap<number, number>
}

const NO_MARKS: ReadonlyMap<number, number> = new Map()

/** Matches as JavaScript does, one way after the other, and counts the instructions; infinite beyond {@link MAX_TRIES}. */
function countTries(program: Program, text: readonly string[]): number {
  let triesLeft = MAX_TRIES
  const matches = (program: Program, start: number, end: number | null): boolean => {
    const waiting: Thread[] = [{ at: 0, position: start, marks: NO_MARKS }]
    for (let thread = waiting.pop(); thread !== undefined; thread = waiting.pop()) {
      let { at, position, marks } = thread
      for (;;) {
        if (--triesLeft < 0) return true
        const next = program[at++]
        if (next === undefined) {
          if (end === null || position === end) return true
          break
        }
        if (next.is === 'character') {
          const character = text[position++]
          if (character === undefined || !next.matches(character)) break
        } else if (next.is === 'split') {
          waiting.push({ at: next.second, position, marks })
          at = next.first
        } else if (next.is === 'jump') at = next.to
        else if (next.is === 'mark') marks = new Map(marks).set(next.loop, position)
        else if (next.is === 'moved') {
          if (marks.get(next.loop) === position) break
        } else if (next.is === 'look') {
          if (matchesLookaround(next, position) === next.negate) break
        } else if (!next.holds(text, position)) break
      }
    }
    return false
  }
  const matchesLookaround = ({ program, behind }: Extract<Instruction, { is: 'look' }>, position: number): boolean => {
    if (!behind) return matches(program, position, null)
    for (let start = position; start >= 0; start--) if (matches(program, start, position)) return true
    return false
  }
  for (let start = 0; start <= text.length && triesLeft >= 0; start++) if (matches(program, start, null)) break
  return triesLeft < 0 ? Number.POSITIVE_INFINITY : MAX_TRIES - triesLeft
}
