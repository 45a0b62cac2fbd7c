/** Expressions for a value that a person wants. */
import { printJson } from '../entity/json.ts'
import { printValue, readEntity, readValue } from '../entity/transit.ts'
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
}

/** Expressions that give a wanted value for an entity; the smallest first. */
export const byExample = capability('byExample', async (request: ByExampleRequest, { host }) => {
  const { pipe, source, target, wanted } = request
  // Loads the library of telephone numbers, for which the search cannot wait.
  if (/^[+\d][\d ()-]{7,}$/.test(wanted)) await recognise('phone', [wanted], host.platform.environment)
  const found = expressionsFor(
    {
      source: readEntity(source),
      target: target === null ? null : readValue(target),
      text: wanted,
      value: typedValue(wanted),
    },
    host.platform.environment,
    host.namespacesOf(pipe),
  )
  return found.map(({ expression, gives }) => ({ expression: printJson(expression), gives: printValue(gives) }))
})
