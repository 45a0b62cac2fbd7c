/** `eval FILE`: evaluates cases and prints what they come to, in the same order. */
import { printJson } from '../../entity/json.ts'
import { printValue } from '../../entity/transit.ts'
import type { Json, Value } from '../../entity/value.ts'
import { isDict } from '../../entity/value.ts'
import { Fault, reasonOf } from '../../problem.ts'
import { evaluateCase } from '../../testing/cases/case.ts'
import { badCase, type CaseResult } from '../../testing/cases/result.ts'
import { readCases } from './cases.ts'
import { alwaysJson, command } from './define.ts'
import { machine } from './machine.ts'
import { UsageError } from './usage-error.ts'

export const evalCommand = command({
  name: 'eval',
  says: 'Evaluates the cases in a file (expressions, rules, transforms, templates, searches, prices, VPN forms, invoices) and prints their results as transit JSON.',
  argument: 'FILE',
  options: { json: alwaysJson },
  run: async (given, io) => {
    const cases = await readCases(given.argument, io)
    if (cases === undefined) return 2
    if (!Array.isArray(cases)) throw new UsageError('The file must hold a JSON array of cases.')
    const lines: string[] = []
    for (const each of cases) lines.push(await resultLine(each))
    io.out(lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`)
    return 0
  },
})

/** One case never takes the others with it: what it breaks, even in the engine or in printing, is its own result. */
async function resultLine(each: Json): Promise<string> {
  const id = idOf(each)
  try {
    return printResult(id, await evaluateCase(each, machine))
  } catch (error) {
    const reason = `cannot be evaluated: ${reasonOf(error)}`
    return printResult(id, { problem: error instanceof Fault ? error.problem : badCase({ reason }) })
  }
}

function idOf(json: Json): Json {
  return isDict(json as Value) ? ((json as { id?: Json }).id ?? null) : null
}

/** One result on one line. */
export function printResult(id: Json, result: CaseResult): string {
  const start = `{"id": ${printJson(id)}`
  if ('value' in result) return `${start}, "value": ${printValue(result.value)}}`
  if ('entities' in result) return `${start}, "entities": ${printValue([...result.entities])}}`
  const { code, message, where } = result.problem
  const path = 'pointer' in result ? result.pointer : [...(where.path ?? [])]
  return `${start}, "error": ${printJson({ code, message, path })}}`
}
