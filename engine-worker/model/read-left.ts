/** What of an existing project is not in the model that was read from it, and why. */
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'

/** Why a pipe is not in a model. */
const pipeReasons = {
  nothing: () => 'it reads nothing',
  missing: (name: string) => `it reads ${name}, which is not there`,
  joins: (name: string) => `it reads ${name} beside the concepts, and takes no part in one`,
  unnamed: (name: string) => `it reads ${name}, but neither its name nor a sink says which system gets it`,
} as const

/** Why a part of a pipe is not in a model. */
const partReasons = {
  hop: () => 'it takes values of other datasets, which a concept does by a reference alone',
  rules: () => 'it goes through a rule of its own',
  creates: () => 'it makes records of parts of others, which a model does by a mapping with a parent and a list',
  golden: () => 'a system gets properties of the concept, and this is none of them',
  several: () => 'it puts values of several systems, or of no known one, together',
  identifiers: () => 'identifiers of different namespaces are never equal',
  second: () => 'there is one condition already, or it reads more than the properties in scope',
  returned: () => 'what a concept gives is merged into it again',
  target: () => 'it leads to nothing that a global pipe merges',
  shape: () => 'a model has no rule of this form',
} as const

const parts = {
  step: (name: string) => `step ${name}`,
  equality: (name: string) => `equality rule ${name}`,
  filter: () => 'the filter',
  given: (name: string) => `what ${name} gives back`,
  hop: (name: string) => `the hop to ${name}`,
  reference: (name: string) => `the reference to ${name}`,
  property: (name: string) => `the property ${name}`,
} as const

type PipeReason = keyof typeof pipeReasons
type PartReason = keyof typeof partReasons
type PipePart = keyof typeof parts

const pipeNotRecognised = problem<{ pipe: string; why: PipeReason; name: string }>({
  code: 'model-pipe-not-recognised',
  severity: 'hint',
  says: ({ pipe, why, name }) =>
    `The pipe ${pipe} is not in the model and stays as it is: ${wordsFor(pipeReasons, why, name)}.`,
})
const partNotRecognised = problem<{ pipe: string; part: PipePart; name: string; why: PartReason }>({
  code: 'model-step-not-recognised',
  severity: 'warning',
  says: ({ pipe, part, name, why }) =>
    `In the pipe ${pipe}, ${wordsFor(parts, part, name)} is not in the model: ${wordsFor(partReasons, why, name)}.`,
  fix: () => 'Say it in the model by a rule or an expression.',
})
const noConcept = problem<{ pipes: number }>({
  code: 'model-no-concept-recognised',
  severity: 'warning',
  says: ({ pipes }) =>
    `None of the ${pipes} pipes holds the records of a concept: none has metadata.global or a name that begins with global-.`,
  fix: () => 'Make concepts of the datatypes that were found, or mark the pipe that merges them as global.',
})

/** The words for one of several cases. */
function wordsFor(words: Readonly<Record<string, (name: string) => string>>, which: string, name: string): string {
  return words[which]?.(name) ?? which
}

/** What is left out while a project is read. */
export class LeftOut {
  readonly problems: Problem[] = []

  pipe(pipe: string, why: PipeReason, name = ''): void {
    this.problems.push(pipeNotRecognised({ pipe, why, name }, { pipe }))
  }

  part(pipe: string, path: JsonPath, part: PipePart, why: PartReason, name: string | number = ''): void {
    this.problems.push(partNotRecognised({ pipe, part, name: String(name), why }, { pipe, path }))
  }

  concepts(pipes: number): void {
    this.problems.unshift(noConcept({ pipes }))
  }
}
