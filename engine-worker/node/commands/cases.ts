/** The one file that `eval` and `scenario` take. */
import { readJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { readBytes } from '../files.ts'
import { type Io, UsageError } from './define.ts'

/**
 * The JSON in the one file that the arguments name; what they print is JSON in any case, so `--json` says nothing new.
 * Undefined, with the words said, where the file is no JSON.
 */
export async function readCases(args: readonly string[], io: Io): Promise<Json | undefined> {
  const [file, ...more] = args.filter((arg) => arg !== '--json')
  if (file === undefined || more.length > 0 || file.startsWith('--')) throw new UsageError('one file is needed')
  const text = new TextDecoder().decode(await readBytes(file))
  try {
    return readJson(text)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    io.say(`${file}: ${error.problem.message}`)
    return undefined
  }
}
