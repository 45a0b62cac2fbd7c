/** `scenario FILE`: plays scenarios and prints what the datasets hold in the end. */
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { printValue } from '../../entity/transit.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { Fault, problem, reasonOf } from '../../problem.ts'
import { playScenario, type ScenarioResult } from '../../run/scenario.ts'
import { readCases } from './cases.ts'
import { alwaysJson, command } from './define.ts'
import { machine } from './machine.ts'

export const scenarioCommand = command({
  name: 'scenario',
  says: 'Replays the scenarios in a file, histories of changes and runs, and prints as JSON what every dataset holds in the end.',
  argument: 'FILE',
  options: { json: alwaysJson },
  run: async (given, io) => {
    const scenarios = await readCases(given.argument, io)
    if (scenarios === undefined) return 2
    const results: string[] = []
    for (const each of Array.isArray(scenarios) ? scenarios : [scenarios]) results.push(await resultText(each))
    io.out(results.length === 0 ? '[]\n' : `[\n${results.join(',\n')}\n]\n`)
    return 0
  },
})

const notPlayed = problem<{ reason: string }>({
  code: 'scenario-not-played',
  severity: 'error',
  says: ({ reason }) => `The scenario could not be played to its end: ${reason}`,
})

/** One scenario never takes the others with it, whatever it breaks. */
async function resultText(scenario: Json): Promise<string> {
  try {
    return printScenario(await playScenario(scenario, { environment: machine }))
  } catch (error) {
    const id = isObject(scenario) ? (get(scenario, 'id') ?? null) : null
    const reason = reasonOf(error)
    const failure = error instanceof Fault ? error.problem : notPlayed({ reason })
    return printScenario({ id, datasets: new Map(), failures: [failure] })
  }
}

/** One result as JSON. */
function printScenario({ id, datasets, failures }: ScenarioResult): string {
  const named = [...datasets].map(([name, entities]) => `${printJson(name)}: ${printValue([...entities])}`)
  const failed = failures.map(({ code, message, where }) =>
    printJson({ pipe: where.pipe ?? null, code, message, path: [...(where.path ?? [])] }),
  )
  return `{"id": ${printJson(id)}, "datasets": {${named.join(', ')}}, "failures": [${failed.join(', ')}]}`
}
