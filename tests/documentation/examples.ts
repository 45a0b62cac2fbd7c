/**
 * Checks that every example of Sesam's documentation validates without a false problem: `npm run documented-examples --
 * DOCS`, where DOCS is a clone of github.com/datanav/docs, bare or not. Blocks of JSON in the pages are read as
 * configuration; what they leave out (other pipes, systems) is put beside them. Prints the problems of each, and ends
 * with 1 where there are any, or where a page that a declaration names does not exist. Nothing of the pages is stored.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { allKinds, declaredKind } from '../../engine-worker/config/model/declared.ts'
import { loadProject } from '../../engine-worker/config/project/project.ts'
import { checkProject } from '../../engine-worker/connectors/check.ts'
import '../../engine-worker/connectors/kinds.ts'
import { get } from '../../engine-worker/entity/dict.ts'
import { printJson, readJson } from '../../engine-worker/entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../engine-worker/entity/value.ts'
import type { Problem } from '../../engine-worker/problem.ts'
import { missingPages } from './pages.ts'

/** The components, operations, variables and datasets that an example names without declaring them. */
const OUTSIDE_OF_EXAMPLES: ReadonlySet<string> = new Set([
  ...['unknown-dataset', 'unknown-system', 'unknown-operation', 'unknown-variable', 'unknown-alternative'],
])

/** The page about removed features, whose kinds do not exist any more. */
const GONE = 'hub/deprecations.rst'

/** Stand-ins in the place of values: `<datatype>`, `{{@ system @}}`. */
const STAND_IN = /<[a-zA-Z_-]+>|\{\{@/

/** For pipes whose source is left out. */
const noSource: JsonObject = { source: { type: 'embedded', entities: [] } }

interface Example {
  readonly page: string
  readonly line: number
  readonly json: JsonObject
}

const [docs = ''] = process.argv.slice(2)
const gitDir = existsSync(join(docs, '.git')) ? join(docs, '.git') : docs
const git = (...args: string[]) =>
  execFileSync('git', [`--git-dir=${gitDir}`, ...args], { encoding: 'utf8', maxBuffer: 100_000_000 })

/**
 * The literal blocks of a page, each with its first line; without prototypes, which have descriptions in the place of
 * values.
 */
function blocksOf(text: string): { readonly line: number; readonly text: string }[] {
  const lines = text.split('\n')
  const blocks: { line: number; text: string }[] = []
  let heading = ''
  for (let at = 0; at < lines.length; at++) {
    const marker = lines[at] ?? ''
    if (/^([-=^~"*+#])\1{3,}\s*$/.test(marker)) heading = lines[at - 1] ?? ''
    if (!/::\s*$|^\s*\.\. code-block::/.test(marker)) continue
    const margin = /^\s*/.exec(marker)?.[0].length ?? 0
    let end = at + 1
    while (
      end < lines.length &&
      (lines[end]?.trim() === '' || (/^\s*/.exec(lines[end] ?? '')?.[0].length ?? 0) > margin)
    )
      end++
    const block = lines
      .slice(at + 1, end)
      .filter((line) => !/^\s*:[\w-]+:/.test(line))
      .join('\n')
    if (!/^prototype/i.test(heading) && !STAND_IN.test(block)) blocks.push({ line: at + 2, text: block })
  }
  return blocks
}

/** The JSON of a block. Surplus commas, comments and missing braces, which the pages have, are allowed. */
function parsed(text: string): Json | null {
  const bare = text
    .replace(/^\s*(?:#|\/\/).*$/gm, '')
    .replace(/,(\s*[}\]])/g, '$1')
    .replace(/,\s*$/, '')
  for (const each of [text, bare, `{${bare}}`]) {
    try {
      return readJson(each)
    } catch {
      // Prose, or something other than configuration.
    }
  }
  return null
}

/** The components of a value, those that are parts of pipes as pipes. */
function componentsIn(json: Json): JsonObject[] {
  if (Array.isArray(json)) return json.flatMap(componentsIn)
  if (!isObject(json)) return []
  const type = get(json, 'type')
  if (type === 'pipe' || type === 'metadata' || (typeof type === 'string' && type.startsWith('system:')))
    return [{ _id: type === 'metadata' ? 'node' : 'example', ...(type === 'pipe' ? noSource : {}), ...json }]
  const isPart = (role: string) => isObject(get(json, role)) || (role === 'transform' && Array.isArray(get(json, role)))
  if (type === undefined && ['source', 'transform', 'sink', 'pump'].some(isPart))
    return [{ _id: 'example', type: 'pipe', ...noSource, ...json }]
  if (typeof type !== 'string' || get(json, '_id') !== undefined) return []
  const roles = (['source', 'transform', 'sink'] as const).filter((role) => declaredKind(role, type) !== undefined)
  // A type that exists as source and as sink is taken as the one that declares its properties.
  const fits = (role: 'source' | 'transform' | 'sink') => {
    const fields = new Set(declaredKind(role, type)?.fields.flatMap(({ name }) => name))
    return Object.keys(json).filter((key) => !fields.has(key)).length
  }
  const role = [...roles].sort((a, b) => fits(a) - fits(b))[0]
  if (role === undefined) return []
  return [{ _id: 'example', type: 'pipe', ...noSource, [role]: json }]
}

/** For each name without a component: a system of a type that the part accepts. */
function systemsFor(component: JsonObject): JsonObject[] {
  const parts = [get(component, 'source'), get(component, 'sink'), get(component, 'transform')]
    .flat()
    .filter((part) => part !== undefined && part !== null)
  return parts.filter(isObject).flatMap((part) => {
    const [name, type] = [get(part, 'system'), get(part, 'type')]
    if (typeof name !== 'string' || typeof type !== 'string') return []
    const kind = allKinds().find(
      (each) => each.type === type && each.role !== 'system' && each.fields.some((field) => field.name === 'system'),
    )
    const field = kind?.fields.find((each) => each.name === 'system')?.type
    const wanted = field?.is === 'reference' ? field.systemTypes?.[0] : undefined
    return wanted === undefined ? [] : [{ _id: name, type: wanted }]
  })
}

function problemsOf({ page, json }: Example): readonly Problem[] {
  const systems = systemsFor(json)
  const files: Record<string, string> = { 'example.conf.json': printJson(json) }
  for (const [at, system] of systems.entries()) files[`system-${at}.conf.json`] = printJson(system)
  const project = loadProject(files)
  const own = new Set(['example.conf.json'])
  return [...project.problems, ...checkProject(project)].filter(
    ({ code, severity, where }) =>
      severity !== 'hint' &&
      !OUTSIDE_OF_EXAMPLES.has(code) &&
      !(page === GONE && code === 'unknown-type') &&
      (where.file === undefined || own.has(where.file)),
  )
}

const pages = git('ls-tree', '-r', '--name-only', 'HEAD', 'hub')
  .split('\n')
  .filter((path) => path.endsWith('.rst'))
let [count, wrong] = [0, 0]
const codes = new Map<string, number>()
for (const page of pages) {
  for (const { line, text } of blocksOf(git('show', `HEAD:${page}`))) {
    const json = parsed(text)
    for (const component of json === null ? [] : componentsIn(json)) {
      count++
      const problems = problemsOf({ page, line, json: component })
      if (problems.length > 0) wrong++
      for (const { code, message, where } of problems) {
        codes.set(code, (codes.get(code) ?? 0) + 1)
        console.log(`${page}:${line} ${(where.path ?? []).join('/')}: ${code}: ${message}`)
      }
    }
  }
}
console.log(`${count} examples, of ${wrong} something is said`)
if (wrong > 0) console.log([...codes].map(([code, times]) => `${code} ${times}`).join(', '))
const missing = missingPages((page) => (pages.includes(`hub/${page}`) ? git('show', `HEAD:hub/${page}`) : null))
for (const named of missing) console.log(`a declaration names ${named}, which does not exist`)
process.exitCode = wrong > 0 || missing.length > 0 ? 1 : 0
