/**
 * The behaviour of a kind of source, transform, sink or system is in its declaration; other code does not use the names
 * of kinds. Files that write configuration may name the types that they write.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import '../../../engine-worker/connectors/kinds.ts'

const root = join(import.meta.dirname, '../../..')

/** Files that may name kinds, with the reason. */
const ALLOWED: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^engine-worker\/connectors\/(sources|transforms|sinks|systems)\//, why: 'the declarations themselves' },
  {
    path: /^engine-worker\/text\/microservices\.ts$/,
    why: 'the configuration that a transform is written as for Sesam',
  },
  {
    path: /^engine-worker\/connectors\/pipe-kind\.ts$/,
    why: 'the declaration of the pipe, whose template has a source',
  },
  {
    path: /^engine-worker\/config\/model\/system-fields\.ts$/,
    why: 'fields of declarations, which say what they refer to',
  },
  {
    path: /^engine-worker\/config\/model\/syntax\.ts$/,
    why: 'the types that configuration rests on without naming them',
  },
  {
    path: /^engine-worker\/node\/server\/(workbook|routes\/(microservices|schema|sdshare))\.ts$/,
    why: 'calls of the API that are documented for parts of one kind',
  },
  { path: /^app\/i18n\//, why: 'words' },
]

/** Files that write configuration: what they make has types. They may not ask for types. */
const WRITERS: readonly RegExp[] = [
  /^app\/canvas\/flow\/actions\.ts$/,
  /^app\/views\/model\/(add-records\.ts|ExpressionEditor\.tsx)$/,
  /^engine-worker\/config\/microservices\/pipes\.ts$/,
  /^engine-worker\/ingest\/(plan|formats\/\w+)\.ts$/,
  /^engine-worker\/api\/table-keys\.ts$/,
  /^engine-worker\/connectors\/runnable\.ts$/,
  /^engine-worker\/extensions\/(expand|scaffold|pipes|studio\/make)\.ts$/,
  /^engine-worker\/model\/(generate|live|test)\//,
  /^engine-worker\/node\/commands\/bench\//,
  /^engine-worker\/text\/expand\.ts$/,
]

/**
 * Other things with the name of a kind. Conditional and chained parts are syntax of configuration, which is resolved
 * before kinds are used.
 */
const HOMONYMS: Readonly<Record<string, RegExp>> = {
  conditional: /^engine-worker\/config\/project\/variables\.ts$/,
  chained: /^engine-worker\/config\/project\/effective\.ts$/,
  // Types of values in a model, and of security in OpenAPI.
  json: /^engine-worker\/(model\/generate\/claims|extensions\/studio\/draft|config\/microservices\/manifest)\.ts$/,
  http: /^engine-worker\/(node\/server\/openapi|extensions\/studio\/sign-in)\.ts$/,
  // A connector's files are expanded without kinds; the type marks the pipe that receives its events.
  http_endpoint: /^engine-worker\/extensions\/expand\.ts$/,
  // Types of values and of columns.
  null: /^app\/data\//,
  binary: /^engine-worker\/analysis\/columns\.ts$/,
  // The parts of a connector are named after the templates of their pipes.
  template: /^engine-worker\/extensions\/validate\.ts$/,
}

/** Names without another meaning; they may not be used as a string anywhere. */
const DISTINCT = /_|:|^(sparql|embedded|sdshare|elasticsearch|solr|ldap)$/

function namesIn(file: string, text: string, names: ReadonlySet<string>): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))
  const writes = WRITERS.some((path) => path.test(file))
  const found: string[] = []
  const addUse = (name: string | undefined, index: number) => {
    if (name === undefined || !names.has(name) || HOMONYMS[name]?.test(file) === true) return
    found.push(`${file}:${code.slice(0, index).split('\n').length} ${name}`)
  }
  // A comparison with a type, or a choice by one.
  for (const { 1: name, index } of code.matchAll(/(?:\b|\.)(?:\w+T|t)ype(?:'\))? [!=]== '([a-z0-9_:-]+)'/g))
    addUse(name, index)
  for (const { 1: list = '', index } of code.matchAll(/\[([^\][]*)\]\.includes\([\w.]*\b[tT]ype\)/g))
    for (const { 1: name } of list.matchAll(/'([a-z0-9_:-]+)'/g)) addUse(name, index)
  if (writes) return found
  for (const { 1: name, index } of code.matchAll(/[^?]\btype: '([a-z0-9_:-]+)'/g)) addUse(name, index)
  for (const { 1: name, index } of code.matchAll(/'([a-z0-9_:-]+)'/g))
    if (DISTINCT.test(name ?? '')) addUse(name, index)
  return [...new Set(found)]
}

describe('names of kinds', () => {
  const kinds = allKinds().filter(({ role }) => ['source', 'transform', 'sink', 'system'].includes(role))
  const names = new Set(kinds.flatMap(({ type, alias }) => [type, ...(alias ?? [])]))
  const all = execFileSync('git', ['ls-files', 'engine-worker', 'app'], { cwd: root, encoding: 'utf8' }).split('\n')
  const files = all.filter((file) => /\.tsx?$/.test(file) && !ALLOWED.some(({ path }) => path.test(file)))

  test('stand in declarations, words, tests and in what writes configuration alone', () => {
    expect(files.flatMap((file) => namesIn(file, readFileSync(join(root, file), 'utf8'), names))).toEqual([])
  })

  test('are found where they are written', () => {
    const namesFound = (file: string, text: string) => namesIn(file, text, names).map((use) => use.split(' ')[1])
    expect(namesFound('x.ts', "if (part.type === 'csv' || sourceType !== 'merge') return")).toEqual(['csv', 'merge'])
    expect(namesFound('x.ts', "if (get(part, 'type') === 'dtl') return")).toEqual(['dtl'])
    expect(namesFound('x.ts', "const inboxes = ['http_endpoint']\nconst made = { type: 'json' }")).toEqual([
      'json',
      'http_endpoint',
    ])
    expect(namesFound('engine-worker/ingest/plan.ts', "const made = { type: 'json' }")).toEqual([])
    expect(namesFound('engine-worker/ingest/plan.ts', "if (type === 'json') return")).toEqual(['json'])
  })

  test('every exception is needed', () => {
    for (const path of [...ALLOWED.map((each) => each.path), ...WRITERS, ...Object.values(HOMONYMS)])
      expect(all.filter((file) => path.test(file))).not.toEqual([])
    for (const name of Object.keys(HOMONYMS)) expect(names).toContain(name)
  })
})
