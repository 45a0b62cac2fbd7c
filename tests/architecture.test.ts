/**
 * The structure of the code: which part may import which, no cycles, no browser interface in the engine, the files at
 * the top level.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = normalize(join(import.meta.dirname, '..'))

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file))
}

const text = new Map<string, string>()
for (const file of [...sources('app'), ...sources('engine-worker')])
  text.set(file, readFileSync(join(root, file), 'utf8'))

const statement = /^(?:import|export)\s+(?:type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm
const dynamic = /(?<![\w.])import\('([^']+)'\)(?!\.)/g

/** Imports of our own files; types count like anything else, and so does what is loaded later (`import(…)`). */
function importsOf(file: string): string[] {
  const source = text.get(file) ?? ''
  const found: string[] = []
  for (const match of source.matchAll(statement)) {
    const [, specifier = ''] = match
    if (!specifier.startsWith('.')) continue
    // `?worker&url`: the address of a script that runs in a worker, which is no part of what imports it.
    const [to = '', query] = specifier.split('?')
    if (query !== undefined) continue
    found.push(relative(root, join(root, dirname(file), to)))
  }
  for (const match of source.matchAll(dynamic)) {
    const [, to = ''] = match
    if (to.startsWith('.')) found.push(relative(root, join(root, dirname(file), to)))
  }
  return found
}

const graph = new Map([...text.keys()].map((file) => [file, importsOf(file)]))

/** Parts of the page in order: a part may import itself and those before it. */
const pageParts = ['i18n', 'store', 'ui', 'data', 'pipe', 'commands', 'forms', 'frame', 'canvas', 'views']

/** The same for the engine; its files outside a folder import no part, except the entry points. */
const engineParts = [
  'entity',
  'dtl',
  'config',
  'template',
  'storage',
  'connectors',
  'run',
  'text',
  'ingest',
  'analysis',
  'extensions',
  'search',
  'subscription',
  'testing',
  'model',
  'api',
  'node',
]
function partOf(file: string, side: 'app' | 'engine-worker'): string | null {
  const [top, part = '', rest] = file.split('/')
  return top === side && rest !== undefined ? part : null
}

function rank(parts: readonly string[], part: string): number {
  return parts.indexOf(part)
}

/** The cycles among imports, each as the files on it. */
function cycles(): string[][] {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[][] = []
  const visit = (file: string, path: string[]) => {
    state.set(file, 'open')
    for (const to of graph.get(file) ?? []) {
      if (state.get(to) === 'open') found.push([...path.slice(path.indexOf(to)), to])
      else if (!state.has(to) && graph.has(to)) visit(to, [...path, to])
    }
    state.set(file, 'done')
  }
  for (const file of graph.keys()) if (!state.has(file)) visit(file, [file])
  return found
}

/** What the files of app and engine declare and export, as `file name`. */
function exportedDeclarations(): Set<string> {
  const found = new Set<string>()
  for (const [file, source] of text) {
    for (const [, name] of source.matchAll(
      /^export (?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm,
    ))
      found.add(`${file} ${name}`)
  }
  return found
}

/** All that they export, including re-exports, as `file name`. */
function exportsOf(): Set<string> {
  const found = exportedDeclarations()
  for (const [file, source] of text) {
    for (const [, names = ''] of source.matchAll(/^export (?:type )?\{([^}]*)\}/gm))
      for (const name of namesIn(names)) found.add(`${file} ${name.split(' as ').at(-1)}`)
  }
  return found
}

function namesIn(list: string): string[] {
  const names = list.split(',').map((name) => name.trim().replace(/^type /, ''))
  return names.filter(Boolean)
}

/** What any file imports, tests too, as `file name`. Files that are loaded later or by a pattern count with all they export. */
function importedNames(): Set<string> {
  const all = new Map(text)
  for (const file of sources('tests')) all.set(file, readFileSync(join(root, file), 'utf8'))
  const exported = [...exportsOf()]
  const found = new Set<string>()
  const takeAll = (matches: (file: string) => boolean): void => {
    for (const name of exported) if (matches(name.split(' ')[0] ?? '')) found.add(name)
  }
  for (const [file, source] of all) {
    const target = (specifier: string) => normalize(join(dirname(file), specifier))
    for (const [, names = '', from = ''] of source.matchAll(
      /^(?:import|export)\s+(?:type\s+)?(\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+'(\.[^']+)'/gm,
    )) {
      if (names.startsWith('*')) takeAll((each) => each === target(from))
      else for (const name of namesIn(names.slice(1, -1))) found.add(`${target(from)} ${name.split(' as ')[0]}`)
    }
    for (const [, from = ''] of source.matchAll(/import\('(\.[^']+)'\)/g)) takeAll((each) => each === target(from))
    for (const [, pattern = ''] of source.matchAll(/import\.meta\.glob(?:<[^(]*>)?\(\s*'([^']+)'/g)) {
      const expression = new RegExp(`^${target(pattern).replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`)
      takeAll((each) => expression.test(each))
    }
    // An interface that other modules add to.
    for (const [, name] of source.matchAll(/declare module '[^']+' \{\s*(?:export )?interface (\w+)/g))
      for (const each of exported) if (each.endsWith(` ${name}`)) found.add(each)
  }
  return found
}

/** The arrows between the parts of a side, without those that follow from others, as `from --> to`. */
function arrows(side: 'app' | 'engine-worker'): string[] {
  const known = new Map<string, Set<string>>()
  for (const [file, imports] of graph) {
    const from = partOf(file, side)
    if (from === null) continue
    const seen = known.get(from) ?? new Set()
    known.set(from, seen)
    for (const to of imports) {
      const part = partOf(to, side)
      if (part !== null && part !== from) seen.add(part)
    }
  }
  const isReachable = (from: string, to: string): boolean =>
    [...(known.get(from) ?? [])].some((next) => next === to || isReachable(next, to))
  return [...known].flatMap(([from, direct]) =>
    [...direct]
      .filter((to) => ![...direct].some((other) => other !== to && isReachable(other, to)))
      .map((to) => `${from} --> ${to}`),
  )
}

describe('architecture', () => {
  it('is drawn in the README as it is', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const drawn = [...readme.matchAll(/^ +(\w+ --> \w+)$/gm)].map(([, arrow = '']) => arrow)
    expect(drawn.sort()).toEqual([...arrows('app'), ...arrows('engine-worker')].sort())
  })

  it('resolves every import to a file of the repository', () => {
    const broken = [...graph].flatMap(([file, imports]) =>
      imports.filter((to) => !graph.has(to) && !/\.(css|d\.ts|json)$/.test(to)).map((to) => `${file} → ${to}`),
    )
    expect(broken).toEqual([])
  })

  it('has no import cycles', () => {
    expect(cycles().map((cycle) => cycle.join(' → '))).toEqual([])
  })

  it('lets the page know only the door of the engine', () => {
    const doors = new Set(['engine-worker/index.ts'])
    const wrong = [...graph].flatMap(([file, imports]) =>
      file.startsWith('app/')
        ? imports.filter((to) => to.startsWith('engine-worker/') && !doors.has(to)).map((to) => `${file} → ${to}`)
        : imports.filter((to) => to.startsWith('app/')).map((to) => `${file} → ${to}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps the arrows of the page pointing one way', () => {
    const wrong = [...graph].flatMap(([file, imports]) => {
      const from = partOf(file, 'app')
      if (from === null) return []
      return imports.flatMap((to) => {
        const part = partOf(to, 'app')
        if (part === null) return []
        return rank(pageParts, part) <= rank(pageParts, from) ? [] : [`${file} → ${to}`]
      })
    })
    expect(wrong).toEqual([])
    for (const file of graph.keys()) {
      const part = partOf(file, 'app')
      if (part !== null) expect(pageParts, file).toContain(part)
    }
  })

  it('keeps the arrows of the engine pointing one way', () => {
    const wrong = [...graph].flatMap(([file, imports]) => {
      const from = partOf(file, 'engine-worker')
      if (from === null) return []
      return imports.flatMap((to) => {
        const part = partOf(to, 'engine-worker')
        if (part === null || part === from) return []
        return rank(engineParts, part) <= rank(engineParts, from) ? [] : [`${file} → ${to}`]
      })
    })
    expect(wrong).toEqual([])
    for (const file of graph.keys()) {
      const part = partOf(file, 'engine-worker')
      if (part !== null) expect(engineParts, file).toContain(part)
    }
  })

  it('has no screen, no Node and no generated code in the engine', () => {
    const wrong: string[] = []
    for (const [file, source] of text) {
      if (!file.startsWith('engine-worker/')) continue
      const isDoor = file === 'engine-worker/cli.ts' || file.startsWith('engine-worker/node/')
      const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
      const strings = code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''")
      if (/\b(?:document|window|localStorage|sessionStorage)\s*[.[]/.test(strings)) wrong.push(`${file}: the screen`)
      if (/\bfrom 'react/.test(code)) wrong.push(`${file}: React`)
      if (/(?:[=(,;:?!&|]\s*|\breturn\s+)eval\s*\(|new Function\s*\(/.test(strings))
        wrong.push(`${file}: generated code`)
      if (!isDoor && /from 'node:|getBuiltinModule|\bprocess\s*\./.test(code)) wrong.push(`${file}: Node`)
      if (
        !/^engine-worker\/(sandbox-)?worker\.ts$/.test(file) &&
        /(?<![\w.])(?:addEventListener|postMessage)\s*\(/.test(strings)
      )
        wrong.push(`${file}: the worker`)
    }
    expect(wrong).toEqual([])
  })

  it('exports by name only', () => {
    const wrong = [...text].filter(([, source]) => /^export default\b/m.test(source)).map(([file]) => file)
    expect(wrong).toEqual([])
    const barrels = [...text].filter(([, source]) => /^export \* from/m.test(source)).map(([file]) => file)
    expect(barrels).toEqual([])
  })

  it('exports nothing that nobody imports', () => {
    const imported = importedNames()
    const unused = [...exportsOf()].filter((name) => !imported.has(name))
    expect(unused).toEqual([])
  })

  it('exports each name once, so that a name means one thing in the whole repository', () => {
    const places = new Map<string, string[]>()
    for (const each of exportedDeclarations()) {
      const [file = '', name = ''] = each.split(' ')
      places.set(name, [...(places.get(name) ?? []), file])
    }
    const twice = [...places].filter(([, files]) => files.length > 1)
    expect(twice.map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([])
  })

  it('has exactly the agreed top level', () => {
    const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)
    const top = new Set(files.map((file) => file.split('/')[0] ?? ''))
    const shown = [...top].filter(
      (name) => !name.startsWith('.') && !/^(package-lock\.json|README\.md|LICENSE)$/.test(name),
    )
    expect(shown.sort()).toEqual(['app', 'engine-worker', 'package.json', 'public', 'tests', 'vite.config.ts'])
  })

  it('has a lock file that names the packages of every platform, so that npm ci works anywhere', () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
      readFileSync(join(root, 'package-lock.json'), 'utf8'),
    )
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })
})
