/** Entities as the body of a request and as a file. */
import { objectSetting } from '../../config/model/setting.ts'
import type { Part } from '../../config/project/effective.ts'
import { variableText } from '../../config/project/variables.ts'
import { printEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { systemHeaders, urlOf } from '../request.ts'
import type { CapturedOutput, Publication } from '../runtime.ts'

/** The text of a file in pieces; begun anew for each file. */
export type FileWriter = () => Pick<Publication, 'begin' | 'batch' | 'end'>

/** Headers of a part in the order: system, part; secrets stay names in what is captured. */
export function headersOf(part: Part, context: OpenContext): Record<string, string> {
  const headers = systemHeaders(systemOf(part, context)?.config ?? {})
  for (const [name, value] of Object.entries(objectSetting(part.config, 'headers'))) headers[name] = variableText(value)
  return headers
}

/** A request with entities as JSON in transit form, as the JSON push protocol sends them. */
export function entitiesRequest(part: Part, context: OpenContext, batch: readonly Entity[]): CapturedOutput {
  return {
    kind: 'request',
    method: 'POST',
    url: urlOf(part, context),
    headers: { 'Content-Type': 'application/json', ...headersOf(part, context) },
    contentType: 'application/json',
    text: entitiesText(batch),
  }
}

/** A JSON list, an entity a line. */
function entitiesText(batch: readonly Entity[]): string {
  return batch.length === 0 ? '[]' : `[${batch.map(printEntity).join(',\n')}]`
}

/** The same list in pieces. */
export const entitiesFile: FileWriter = () => {
  let separator = ''
  return {
    begin: '[',
    batch: (entities) => {
      let text = ''
      for (const entity of entities) {
        text += separator + printEntity(entity)
        separator = ',\n'
      }
      return text
    },
    end: ']',
  }
}
