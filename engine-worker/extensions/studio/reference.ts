/**
 * References of a description (`$ref`) to other parts of the same text. What lies in other files or on other servers is
 * named and never fetched.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'

const referenceOutside = problem<{ reference: string; count: number }>({
  code: 'studio-reference-elsewhere',
  severity: 'warning',
  says: ({ reference, count }) =>
    `The description refers to other files ${count} times (${reference}); these were not fetched, and what they describe is left out.`,
  fix: () => 'Bundle the description into one file, as its publisher often offers it.',
})

/** Follows the references of one description. */
export interface Resolver {
  /** The object that a value stands for: itself, or where its `$ref` leads. Null where that is nothing. */
  follow(json: Json | undefined): JsonObject | null
  /** What could not be followed. */
  problems(): readonly Problem[]
}

/** More references in a row than this lead in a circle. */
const MAX_REFERENCES = 50

/** A resolver of the references of a document. */
export function resolverOf(document: Json): Resolver {
  const outside = new Map<string, number>()
  const target = (reference: string): Json | undefined => {
    if (!reference.startsWith('#')) {
      outside.set(reference, (outside.get(reference) ?? 0) + 1)
      return undefined
    }
    let at: Json | undefined = document
    for (const part of reference.slice(1).split('/').slice(1)) at = childOf(at, part)
    return at
  }
  const follow = (json: Json | undefined): JsonObject | null => {
    let at = json
    for (let hops = 0; hops < MAX_REFERENCES; hops++) {
      if (!isObject(at)) return null
      const reference = get(at, '$ref')
      if (typeof reference !== 'string') return at
      at = target(reference)
    }
    return null
  }
  const problems = () => {
    const [first] = outside.keys()
    const count = [...outside.values()].reduce((sum, each) => sum + each, 0)
    return first === undefined ? [] : [referenceOutside({ reference: first.slice(0, 200), count })]
  }
  return { follow, problems }
}

/** A step of a JSON pointer (RFC 6901). */
function childOf(json: Json | undefined, part: string): Json | undefined {
  const name = decodeIfPossible(part).replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(json)) return /^\d+$/.test(name) ? json[Number(name)] : undefined
  return isObject(json) ? get(json, name) : undefined
}

function decodeIfPossible(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not percent-encoded; it stands for itself
  }
}
