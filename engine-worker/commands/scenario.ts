/** `scenario FILE`: plays scenarios and prints what the datasets hold in the end. */
import { readFile } from 'node:fs/promises'
import { printJson, readJson } from '../entity/json.ts'
import { printValue } from '../entity/transit.ts'
import { Fault } from '../problem.ts'
import { playScenario, type ScenarioResult } from '../run/scenario.ts'
import { command, UsageError } from './define.ts'
import { machine } from './eval.ts'

export const scenario = command({
  name: 'scenario',
  says: 'Plays histories of changes and runs, and prints what every dataset holds in the end.',
  usage: 'scenario FILE',
  run: async (args, io) => {
    const [file, ...more] = args.filter((arg) => arg !== '--json')
    if (file === undefined || more.length > 0 || file.startsWith('--')) throw new UsageError('one file is needed')
    const text = await readFile(file, 'utf8').catch((error: Error) => {
      throw new UsageError(error.message)
    })
    try {
      const json = readJson(text)
      const results: string[] = []
      for (const each of Array.isArray(json) ? json : [json]) {
        results.push(printScenario(await playScenario(each, { surroundings: machine })))
      }
      io.out(results.length === 0 ? '[]\n' : `[\n${results.join(',\n')}\n]\n`)
      return 0
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      io.say(`${file}: ${error.problem.message}`)
      return 1
    }
  },
})

/** One result as JSON. */
export function printScenario({ id, datasets, failures }: ScenarioResult): string {
  const named = [...datasets].map(([name, entities]) => `${printJson(name)}: ${printValue([...entities])}`)
  const failed = failures.map(({ code, message, where }) =>
    printJson({ pipe: where.pipe ?? null, code, message, path: [...(where.path ?? [])] }),
  )
  return `{"id": ${printJson(id)}, "datasets": {${named.join(', ')}}, "failures": [${failed.join(', ')}]}`
}
