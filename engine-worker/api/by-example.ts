/** Expressions for a value that a person wants. */
import { compileAlone } from '../dtl/compile/compile.ts'
import { makeContext } from '../dtl/context.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { parsePath } from '../dtl/tree/path.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { printValue, readEntity, readValue } from '../entity/transit.ts'
import { type Dict, type Json, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { recognise } from '../ingest/recognise.ts'
import { capability } from './capability.ts'
import { typedValue } from './parse-input.ts'
import { expressionsFor } from './synthesis.ts'

/** An entity and what has been made of it so far, as transit texts, and the value that is wanted, as it is typed. */
interface ByExampleRequest {
  readonly pipe: string
  readonly source: string
  readonly target: string | null
  readonly wanted: string
  /** Further entities as transit texts: what is found is checked on them. */
  readonly others?: readonly string[]
}

/** An expression for the wanted value. */
interface ExampleExpression {
  /** JSON text. */
  readonly expression: string
  /** What it gives for the entity at hand, as transit text. */
  readonly gives: string
  /** For how many of the further entities with the properties that it reads it gives a value of the same type; null where there are none. */
  readonly works: { readonly for: number; readonly of: number } | null
}

/** Letters and digits of a text by their kind: what two texts made in the same way have in common. */
function shapeOf(text: string): string {
  return text.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '9')
}

/** Further entities that an expression is checked on. */
const MAX_OTHERS = 200

/** Expressions that give a wanted value for an entity; those that work for most other entities first, then the smallest. */
export const byExample = capability(
  'byExample',
  'draft',
  async (request: ByExampleRequest, { host }): Promise<readonly ExampleExpression[]> => {
    const { pipe, source, target, wanted, others = [] } = request
    const { environment } = host.platform
    const namespaces = host.namespacesOf(pipe)
    // Loads the library of telephone numbers, for which the search cannot wait.
    if (/^[+\d][\d ()-]{7,}$/.test(wanted)) await recognise('phone', [wanted], environment)
    const found = expressionsFor(
      {
        source: readEntity(source),
        target: target === null ? null : readValue(target),
        text: wanted,
        value: wantedValue(wanted),
      },
      environment,
      namespaces,
    )
    const entities = others.slice(0, MAX_OTHERS).map((text) => readEntity(text))
    const checked = found.map(({ expression, gives }) => ({
      expression,
      gives,
      ...worksFor(expression, gives, entities, { environment, namespaces }),
    }))
    const worksShare = ({ works }: { works: ExampleExpression['works'] }) => (works === null ? 1 : works.for / works.of)
    const best = Math.max(0, ...checked.map(worksShare))
    return (
      checked
        // An expression that fits only this entity is not offered when others work for most entities.
        .filter((each) => worksShare(each) > 0 && worksShare(each) * 2 >= best)
        // Among equally good texts, those that have the form of the wanted one for other entities too come first.
        .toSorted((a, b) => worksShare(b) - worksShare(a) || b.alike - a.alike)
        .map(({ expression, gives, works }) => ({
          expression: printJson(expression),
          gives: printValue(gives),
          works,
        }))
    )
  },
)

/** What is wanted, as typed: a list in brackets, a code with its zeros, or as other values are typed. */
function wantedValue(text: string): Value {
  if (/^0\d+$/.test(text)) return text
  if (!text.startsWith('[')) return typedValue(text)
  try {
    return readValue(text)
  } catch {
    return text
  }
}

interface CheckContext {
  readonly environment: Environment
  readonly namespaces: Namespaces
}

/** How many entities that have what an expression reads get a value of the same type. What reads the target is not known of others. */
function worksFor(
  dtl: Json,
  gives: Value,
  entities: readonly Dict[],
  { environment, namespaces }: CheckContext,
): { readonly works: ExampleExpression['works']; readonly alike: number } {
  const read = readProperties(dtl)
  if (read === null || read.length === 0) return { works: null, alike: 1 }
  const { expression } = compileAlone(dtl, { namespaces })
  const having = entities.filter((entity) => read.every((name) => hasValue(get(entity, name))))
  if (having.length === 0) return { works: null, alike: 1 }
  const kind = kindOf(gives)
  const values = having.flatMap((entity) => {
    try {
      const context = makeContext({ environment, namespaces, budget: 100_000 })
      const value = expression.evaluate(entity, context, {})
      return kindOf(value) === kind ? [value] : []
    } catch {
      // An expression that fails for an entity does not count as working for it.
      return []
    }
  })
  const shape = typeof gives === 'string' ? shapeOf(gives) : null
  const alike = values.filter((value) => typeof value !== 'string' || shapeOf(value) === shape)
  return { works: { for: values.length, of: having.length }, alike: alike.length / having.length }
}

function hasValue(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** The properties of the source that an expression reads; null where it reads the target. */
function readProperties(dtl: Json): readonly string[] | null {
  if (typeof dtl === 'string') {
    const parsed = parsePath(dtl)
    const path = parsed === 'malformed' ? null : parsed
    if (path?.variable === '_T') return null
    const [first] = path?.segments ?? []
    return path?.variable === '_S' && typeof first === 'string' ? [first] : []
  }
  if (!Array.isArray(dtl)) return []
  const inner = dtl.map(readProperties)
  return inner.includes(null) ? null : inner.flatMap((names) => names ?? [])
}
