/** Tests of a model that name nothing of it: their records would be read by nobody, and what they expect never comes. */
import { nearest } from '../dtl/nearest.ts'
import { isObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem, renameTo } from '../problem.ts'
import { planOf } from './generate/plan.ts'
import type { Model } from './model.ts'

const unknownInTest = problem<{ name: string; suggestion: string }>({
  code: 'model-test-names-nothing',
  severity: 'warning',
  says: ({ name }) => `The test names ${name}, which is no datatype (system.datatype), mapping, concept or table.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Correct the name, or remove it.' : `Did you mean ${suggestion}?`),
  repair: ({ name, suggestion }) => renameTo(name, suggestion),
})
const noRecord = problem<{ name: string; number: number }>({
  code: 'model-test-no-record',
  severity: 'warning',
  says: ({ name, number }) => `Record ${number} of ${name} in the test is no object with properties.`,
  fix: () => 'Write it as {"property": value}.',
})

/** Reports names of tests that are nothing of the model, and records that are none. */
export function checkTests(model: Model, report: (found: Problem, path: JsonPath) => void): void {
  const datatypes = Object.entries(model.systems).flatMap(([system, { datatypes: own }]) =>
    Object.keys(own).map((datatype) => `${system}.${datatype}`),
  )
  const mappings = model.mappings.map(({ name }) => name)
  const tables = planOf(model).tables.map(({ name }) => name)
  const known = {
    input: [...datatypes, ...tables],
    expected: [...datatypes, ...mappings],
    golden: Object.keys(model.concepts),
  }
  for (const [index, test] of (model.tests ?? []).entries())
    for (const part of ['input', 'expected', 'golden'] as const)
      for (const [name, rows] of Object.entries(test[part] ?? {})) {
        const at = ['tests', index, part, name]
        if (!known[part].includes(name))
          report(unknownInTest({ name, suggestion: nearest(name, known[part]) ?? '' }), at)
        for (const [place, row] of (Array.isArray(rows) ? rows : []).entries())
          if (!isObject(row)) report(noRecord({ name, number: place + 1 }), [...at, place])
      }
}
