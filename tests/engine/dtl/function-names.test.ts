/**
 * The meaning of a function is in its declaration; other code does not use names of functions, because a second list
 * would drift from the declarations.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { functions } from '../../../engine-worker/dtl/registry.ts'

const root = join(import.meta.dirname, '../../..')

/** Files that may name functions, with the reason. */
const ALLOWED: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^engine-worker\/dtl\/functions\//, why: 'the declarations themselves' },
  { path: /^engine-worker\/dtl\/syntax\.ts$/, why: 'the syntax, and the calls that configuration is made with' },
  { path: /^app\/i18n\//, why: 'words' },
  { path: /^engine-worker\/node\/commands\/bench\//, why: 'contenders that do the work of a rule in another way' },
  { path: /^engine-worker\/template\//, why: 'Jinja has filters and tests of the same names' },
  { path: /^engine-worker\/model\/sql\//, why: 'SQL has functions and words of the same names' },
]

/** Other things with the name of a function: in these files the name does not mean the function. */
const HOMONYMS: Readonly<Record<string, RegExp>> = {
  'json-transit': /^engine-worker\/(config|connectors)\//, // a type of payload
  'datetime-format': /(dtl\/argument|forms\/NameField|api\/synthesis)\.tsx?$/, // what an argument names
  decrypt: /sign-in\/vault\.ts$/, // a usage of a WebCrypto key
  hops: /./, // a kind of wire, a mode of an argument and a property of facts
  lookup:
    /transforms\/template\/|model\/generate\/rest\.ts$|extensions\/(pipes|scaffold|studio\/\w+)\.ts$|views\/connect\/studio/, // a kind of node, an operation
  literal: /(Tokens\.tsx|text\/sentence\.ts)$/, // a kind of token
  coalesce: /model\/osi\//, // a strategy of mapping files
  completeness: /(sources\/dataset|cases\/case|run\/completeness)\.ts$/, // a property of configuration and of state
}

/**
 * Words that are also types of values, roles, kinds or properties of configuration. They count only where they are used
 * as a function: at the head of a call, or compared with the head of one.
 */
const COMMON_WORDS = new Set(
  `abs add all and any apply boolean bytes case combine comment concat contains copy count create date datetime decimal
  default dict distinct encrypt filter first flatten float floor group gt hash hex if in insert integer intersection
  is items join json keys last length list literal lower lt map max merge min minus multiply ni not nth now or path plus
  range reference remove rename replace reversed round slice sorted split string strip sum union upper uri uuid value
  values`.split(/\s+/),
)

interface NameUse {
  readonly file: string
  readonly line: number
  readonly name: string
}

function usesIn(file: string, text: string, names: ReadonlySet<string>): NameUse[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))
  const found: NameUse[] = []
  const addUse = (name: string | undefined, index: number) => {
    if (name !== undefined && names.has(name) && HOMONYMS[name]?.test(file) !== true)
      found.push({ file, line: code.slice(0, index).split('\n').length, name })
  }
  for (const { 1: name, index } of code.matchAll(/'([a-z0-9!-]+)'/g))
    if (!COMMON_WORDS.has(name ?? '')) addUse(name, index)
  for (const { 1: name, index } of code.matchAll(/\[0\]\)? [!=]== '([a-z0-9!-]+)'/g))
    if (name !== 'string' && COMMON_WORDS.has(name ?? '')) addUse(name, index)
  // The head of a call: a path, a call, a placeholder or a pattern follows.
  for (const { 1: name, index } of code.matchAll(/\[\s*'([a-z0-9!-]+)',\s*(?:'_[A-Z]?\.|'\*|\[|'')/g))
    if (COMMON_WORDS.has(name ?? '')) addUse(name, index)
  return found
}

describe('names of functions', () => {
  // Operators such as `+` are no words.
  const names = new Set(functions.map(({ name }) => name).filter((name) => /^[a-z]/.test(name)))
  const files = execFileSync('git', ['ls-files', 'engine-worker', 'app'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .filter((file) => !ALLOWED.some(({ path }) => path.test(file)))

  test('stand in declarations, words and tests alone', () => {
    const found = files.flatMap((file) => usesIn(file, readFileSync(join(root, file), 'utf8'), names))
    expect(found.map(({ file, line, name }) => `${file}:${line} ${name}`)).toEqual([])
  })

  test('are found where they are written', () => {
    const namesFound = (text: string) => usesIn('x.ts', text, names).map(({ name }) => name)
    expect(namesFound("const second = new Set(['make-ni', 'add-if'])")).toEqual(['make-ni', 'add-if'])
    expect(namesFound("if (head === 'lookup-entity' || step[0] === 'copy') return")).toEqual(['lookup-entity', 'copy'])
    expect(namesFound("const step = ['copy', '*']")).toEqual(['copy'])
    expect(namesFound("const type = typeof x[0] === 'string'\n// ['copy', '*']")).toEqual([])
  })

  test('every exception is needed', () => {
    const all = execFileSync('git', ['ls-files', 'engine-worker', 'app'], { cwd: root, encoding: 'utf8' }).split('\n')
    for (const { path } of ALLOWED) expect(all.some((file) => path.test(file))).toBe(true)
    for (const name of Object.keys(HOMONYMS)) expect(names).toContain(name)
  })
})
