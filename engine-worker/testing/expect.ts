/**
 * Makes what comes out now the expected output of tests, in the form in which Sesam's client updates it: cleaned and
 * sorted as for a comparison, keys in order, two spaces, `<`, `>` and `&` escaped.
 */

import type { OpenPipe } from '../connectors/open.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { checksFile } from './checks.ts'
import { actualForm } from './compare.ts'
import { checksText, suggestedChecks } from './dataset-checks.ts'
import { type OpenProject, outputOf, publishedStage, runInternal } from './outputs.ts'
import { readSpecs, testablePipes } from './project.ts'
import { readTestSpec, type TestSpec } from './spec.ts'

/** Files to write, by path, and what kept outputs from being taken. */
interface Expectations {
  readonly files: Readonly<Record<string, string>>
  /** How many tests and checks are made anew. */
  readonly made: number
  readonly problems: readonly Problem[]
}

/**
 * The expected outputs of tests by name, or, `missing`, a new test for every output pipe that has none; where no pipe has
 * an output, checks of what the datasets hold.
 */
export async function expectations(open: OpenProject, of: 'missing' | readonly string[]): Promise<Expectations> {
  const problems: Problem[] = []
  const files: Record<string, string> = {}
  const specs = readSpecs(open, problems)
  const pipes = testablePipes(open)
  const named = new Set(specs.map(({ pipe }) => pipe))
  const wanted = of === 'missing' ? [...pipes.keys()].filter((pipe) => !named.has(pipe)).map(newSpec) : specs
  await runInternal(open)
  for (const spec of wanted) {
    const pipe = pipes.get(spec.pipe)
    if (!pipe || spec.ignore || (of !== 'missing' && !of.includes(spec.name))) continue
    const text = await expectedText(open, pipe, spec, problems)
    if (text === null) continue
    files[spec.file] = text
    if (of === 'missing') files[spec.path] = '{\n}\n'
  }
  const needsChecks = of === 'missing' && pipes.size === 0 && !Object.hasOwn(open.files, checksFile)
  const checks = needsChecks ? await suggestedChecks(open) : []
  if (checks.length > 0) files[checksFile] = checksText(checks)
  const tests = Object.keys(files).filter((path) => path.endsWith('.test.json')).length
  return { files, made: tests + checks.length, problems }
}

/** The test that a pipe has when nothing is said of it. */
function newSpec(pipe: string): TestSpec {
  return readTestSpec(`expected/${pipe}.test.json`, '{}')
}

async function expectedText(
  open: OpenProject,
  pipe: OpenPipe,
  spec: TestSpec,
  problems: Problem[],
): Promise<string | null> {
  const { entities, progress } = await outputOf(open, pipe, spec.stage, spec.parameters)
  problems.push(...progress.problems)
  if (progress.state !== 'done') return null
  if (spec.endpoint !== 'json' && spec.endpoint !== 'excel')
    return (await publishedStage(pipe, entities, spec.parameters))?.text ?? null
  const text = indentedJson(actualForm(entities, [], spec.comparison), '')
  return `${text.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)}\n`
}

/** JSON with each item and each property, in the order of their names, on a line of its own. */
function indentedJson(json: Json, indent: string): string {
  const inner = `${indent}  `
  const printBlock = (open: string, lines: readonly string[], close: string) =>
    lines.length === 0 ? open + close : `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`
  if (Array.isArray(json))
    return printBlock(
      '[',
      json.map((item) => indentedJson(item, inner)),
      ']',
    )
  if (!isObject(json)) return printJson(json)
  const keys = Object.keys(json).sort()
  return printBlock(
    '{',
    keys.map((key) => `${JSON.stringify(key)}: ${indentedJson(get(json, key) ?? null, inner)}`),
    '}',
  )
}
