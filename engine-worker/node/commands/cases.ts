/** The one file that `eval` and `scenario` take. */
import { readJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { readBytes } from '../files.ts'
import type { Io } from './define.ts'

/** The JSON in a file; undefined, with the words said, where the file is no JSON. */
export async function readCases(file: string, io: Io): Promise<Json | undefined> {
  const text = new TextDecoder().decode(await readBytes(file))
  try {
    return readJson(text)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    io.say(`${file}: ${error.problem.message}`)
    return undefined
  }
}
