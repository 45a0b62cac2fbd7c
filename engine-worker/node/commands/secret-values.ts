/** Values of secrets for requests that a command sends: a file of the person who calls it, which is read and never written. */
import { readFile } from 'node:fs/promises'
import { readJson } from '../../entity/json.ts'
import { isObject } from '../../entity/value.ts'
import type { Option } from './arguments.ts'
import { UsageError } from './usage-error.ts'

export const secretsOption: Option = {
  value: 'FILE',
  says: 'Values of secrets by name, as a JSON object. Keep the file out of the project.',
}

/** The values in a file; none without one. */
export async function secretValues(path: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (path === undefined) return {}
  const json = readJson((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''), { file: path })
  if (!isObject(json)) throw new UsageError(`${path} is not a JSON object.`)
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      if (typeof value !== 'string') throw new UsageError(`The secret ${name} in ${path} is not a text.`)
      return [name, value]
    }),
  )
}
