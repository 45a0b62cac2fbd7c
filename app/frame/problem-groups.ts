/** Problems put together by their cause, and chosen by severity and words. */
import type { Problem, Severity } from '../../engine-worker/index.ts'

/** The severities, the worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'hint']

/** Problems with one cause: the same code, and the same facts where several have them. */
export interface ProblemGroup {
  readonly key: string
  readonly severity: Severity
  /** What they say in common; what differs between them is left out. */
  readonly title: string
  readonly problems: readonly Problem[]
}

/** What of problems is shown. */
interface ProblemFilter {
  readonly severities: ReadonlySet<Severity>
  /** Words that must occur in the message, the place or the code; capitals do not matter. */
  readonly text: string
}

/** The problems that a filter lets through. `messageOf` gives the words on screen. */
export function filterProblems(
  problems: readonly Problem[],
  filter: ProblemFilter,
  messageOf: (problem: Problem) => string,
): readonly Problem[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return problems.filter((problem) => {
    if (!filter.severities.has(problem.severity)) return false
    if (words.length === 0) return true
    const { pipe, system, file, path = [] } = problem.where
    const text = [messageOf(problem), problem.code, pipe, system, file, ...path].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/**
 * The problems by cause, the worst and then the most frequent first. Problems that say the same of several places are a
 * group; the others of a code are one group together.
 */
export function groupProblems(
  problems: readonly Problem[],
  messageOf: (problem: Problem) => string,
): readonly ProblemGroup[] {
  const exactKey = ({ code, facts }: Problem) => `${code} ${JSON.stringify(facts)}`
  const alike = groupBy(problems, exactKey)
  const groups = groupBy(problems, (problem) => {
    const exact = exactKey(problem)
    return (alike.get(exact)?.length ?? 0) > 1 ? exact : problem.code
  })
  return [...groups]
    .map(([key, group]) => ({
      key,
      severity: worstSeverity(group),
      title: commonTitle(group, messageOf),
      problems: group,
    }))
    .sort((a, b) => rankOf(a) - rankOf(b) || b.problems.length - a.problems.length)
}

function worstSeverity(problems: readonly Problem[]): Severity {
  return severities.find((severity) => problems.some((problem) => problem.severity === severity)) ?? 'hint'
}

function rankOf({ severity }: ProblemGroup): number {
  return severities.indexOf(severity)
}

/** The words of the first problem, with `…` for the facts in which the others differ. */
function commonTitle(group: readonly Problem[], messageOf: (problem: Problem) => string): string {
  const [first] = group
  if (first === undefined) return ''
  const differing = Object.entries(first.facts)
    .filter(([name, fact]) => fact !== '' && group.some(({ facts }) => facts[name] !== fact))
    .map(([, fact]) => String(fact))
    // A name that is part of another one comes later, so that the longer one is taken out whole.
    .sort((a, b) => b.length - a.length)
  const title = differing.reduce((words, fact) => words.replace(wholeWords(fact), '…'), messageOf(first))
  return title.replace(/…\.$/, '…')
}

/** Finds a text where it is not part of a longer word or name. */
function wholeWords(text: string): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${literal}(?![\\p{L}\\p{N}_-])`, 'gu')
}

function groupBy(problems: readonly Problem[], keyOf: (problem: Problem) => string): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const group = groups.get(keyOf(problem))
    if (group) group.push(problem)
    else groups.set(keyOf(problem), [problem])
  }
  return groups
}
