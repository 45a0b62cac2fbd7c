/** Sources that mappings of an OSI-mapping file read and that the file does not declare. */
import { nearest } from '../../dtl/nearest.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { type Problem, problem } from '../../problem.ts'

const undeclared = problem<{ mapping: string; source: string; suggestion: string }>({
  code: 'model-osi-source-undeclared',
  severity: 'warning',
  says: ({ mapping, source }) =>
    `The mapping ${mapping} reads the source ${source}, which sources does not declare; its key is taken to be id.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Declare it in sources.' : `Did you mean ${suggestion}?`),
})

/** Mappings of sources that the file does not declare, where it declares any. */
export function undeclaredSources(json: JsonObject): { readonly path: JsonPath; readonly problem: Problem }[] {
  const [declared, mappings] = [get(json, 'sources'), get(json, 'mappings')]
  const sources = isObject(declared) ? Object.keys(declared) : []
  if (sources.length === 0 || !Array.isArray(mappings)) return []
  return mappings.flatMap((mapping, at) => {
    const source = isObject(mapping) ? get(mapping, 'source') : undefined
    if (!isObject(mapping) || typeof source !== 'string' || sources.includes(source)) return []
    const suggestion = nearest(source, sources) ?? ''
    const facts = { mapping: String(get(mapping, 'name')), source, suggestion }
    return [{ path: ['mappings', at, 'source'], problem: undeclared(facts) }]
  })
}
