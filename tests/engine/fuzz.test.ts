/**
 * Broken input of all kinds: files of a project, archives, entities, tables, triples, templates, answers of services,
 * links, cases. For any input the engine gives results and located problems: it never throws anything else, never
 * hangs, and never leaves something out without a problem. `npm run fuzz` draws 20,000 new inputs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openInMemory } from '../../engine-worker/api/tests.ts'
import { loadProject } from '../../engine-worker/config/project/project.ts'
import { checkProject } from '../../engine-worker/connectors/check.ts'
import { answersOfHar, type HttpExchange, harOf } from '../../engine-worker/connectors/har.ts'
import { template } from '../../engine-worker/connectors/template.ts'
import { printJson, readJson } from '../../engine-worker/entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../engine-worker/entity/value.ts'
import { printResult } from '../../engine-worker/node/commands/eval.ts'
import { machine } from '../../engine-worker/node/commands/machine.ts'
import { Fault, type Problem } from '../../engine-worker/problem.ts'
import { evaluateCase } from '../../engine-worker/testing/cases/case.ts'
import { sameXml } from '../../engine-worker/testing/compare.ts'
import { testProject } from '../../engine-worker/testing/project.ts'
import { importFiles, importZip } from '../../engine-worker/text/archive.ts'
import { exportZip } from '../../engine-worker/text/export-zip.ts'
import { formatFile } from '../../engine-worker/text/format-file.ts'
import { readPasted } from '../../engine-worker/text/pasted.ts'
import { engineFiles, filesOf } from '../../engine-worker/text/project.ts'
import type { FileEntry, Project } from '../../engine-worker/text/project-files.ts'
import { linkText, projectInLink } from '../../engine-worker/text/share.ts'
import { zipOf } from '../../engine-worker/text/zip.ts'
import { cases, conformance } from '../shared.ts'
import { plainCsvRows } from '../support/csv-rows.ts'
import { mutatedBytes, mutatedText } from '../support/mutate.ts'
import { output } from './connectors/open.ts'

const FUZZ = Number(process.env.FUZZ ?? 500)
/** Inputs of one kind. */
const numRuns = Math.ceil(FUZZ / 10)
const timeout = 60_000 + numRuns * 500
const encoder = new TextEncoder()

/** A fuzzed law; its counterexample has the seed to reproduce it. */
function law<T>(says: string, inputs: fc.Arbitrary<T>, holds: (input: T) => Promise<void> | void): void {
  it(
    says,
    () =>
      fc.assert(
        fc.asyncProperty(inputs, async (input) => holds(input)),
        { numRuns },
      ),
    timeout,
  )
}

/** Problems are sentences for people: they contain no names of the program's code, and are plain data. */
function areForPeople(problems: readonly Problem[]): void {
  for (const { code, message, fix = '', where } of problems) {
    const text = `${message} ${fix}`
    expect(text).not.toMatch(/\n\s+at |\[object |of undefined|is not a function|Cannot read|call stack|not iterable/)
    expect([code, message]).not.toContain('')
    expect(JSON.parse(JSON.stringify(where))).toEqual(where)
  }
}

/** Runs code that may end in a problem; any other error is thrown and fails the law. */
async function orProblem<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    areForPeople([error.problem])
    return null
  }
}

const pipe = (id: string, source: object, more: object = {}) =>
  JSON.stringify({ _id: id, type: 'pipe', source, ...more }, null, 1)

/** A project with a little of everything, and those of the cases where the folder exists. */
const projects: Readonly<Record<string, string>>[] = [
  {
    'node-metadata.conf.json': '{"_id":"node","type":"metadata","namespaces":{"default":true}}',
    'pipes/in.conf.json': pipe('in', { type: 'http_endpoint' }),
    'pipes/rows.conf.json': pipe('rows', {
      type: 'csv',
      system: 'files',
      url: 'rows.csv',
      primary_key: 'id',
      delimiter: ';',
    }),
    'pipes/out.conf.json': pipe(
      'out',
      { type: 'merge', datasets: ['in i', 'rows r'], equality: [['eq', 'i._id', 'r.id']], identity: 'first' },
      {
        transform: [
          {
            type: 'dtl',
            rules: {
              default: [
                ['copy', '*', '_*'],
                ['add', 'n', ['plus', ['integer', '_S.rows:n'], '$ENV(plus)']],
                ['add', 'h', ['hops', { datasets: ['in i'], where: [['eq', '_S._id', 'i._id']] }]],
                ['filter', ['is-not-null', '_S._id']],
              ],
            },
          },
        ],
        sink: { type: 'http_endpoint' },
      },
    ),
    'systems/files.conf.json': '{"_id":"files","type":"system:url","url_pattern":"https://files/%s"}',
    'rows.csv': 'id;n;text\n1;2;"a;b"\n2;x;\n3;;c\n',
    'test-env.json': '{"plus": 1, "name": "å"}',
    'testdata/in.json':
      '[{"_id":"1","when":"~t2020-01-01T00:00:00Z","amount":"~f1.50","ref":"~:a:1"},\n{"_id":"2","list":[1,2.0,null,{}]}]',
    'expected/out.test.json': '{"blacklist": ["_S*"], "fields_to_sort_by": ["_id"]}',
    'expected/out.json': '[{"_id":"1","n":3}]',
    '.jinja_vars': 'size=5\n',
  },
  ...['rest-paging', 'rest-ids', 'http-decimals', 'validation', 'csv-strict'].flatMap((name) => {
    const folder = join(cases, 'turn2', name)
    if (!existsSync(folder)) return []
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const paths = entries.map((entry) => join(entry.parentPath, entry.name))
    return [Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))]
  }),
]

/** A project with one of its files broken. */
const brokenProject: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .constantFrom(...projects.flatMap((files) => Object.keys(files).map((path) => ({ files, path }))))
  .chain(({ files, path }) => mutatedText([files[path] ?? '']).map((text) => ({ ...files, [path]: text })))

const imported = async (files: Readonly<Record<string, string>>) => {
  const offered = Object.entries(files).map(([path, text]) => {
    const bytes = encoder.encode(text)
    return { path, size: bytes.length, read: () => bytes }
  })
  return importFiles(offered)
}

/** A project as text, for a comparison byte by byte. */
const bytesOf = (entries: readonly FileEntry[]) =>
  entries.map(({ path, content }) => [
    path,
    Buffer.from(typeof content === 'string' ? encoder.encode(content) : content).toString('latin1'),
  ])

async function runProject(project: Project): Promise<readonly Problem[]> {
  const files = engineFiles(project)
  const loaded = loadProject(files)
  areForPeople(checkProject(loaded))
  const { problems } = await testProject(openInMemory(loaded, files, { given: new Map(), environment: machine }))
  return problems
}

const pagedSystem = {
  _id: 's',
  type: 'system:rest',
  url_pattern: 'https://s/%s',
  operations: {
    list: {
      method: 'GET',
      url: 'rows',
      id_expression: '{{ id }}',
      payload_property: 'items',
      next_page_link: '{{ body.next }}',
    },
  },
}

describe('broken input', () => {
  law(
    'files of a project: all of them are kept byte by byte, checks, runs and tests end',
    brokenProject,
    async (files) => {
      const { project, problems } = await imported(files)
      areForPeople(problems)
      const given = Object.entries(files).map(([path, content]) => ({ path, content }))
      expect(bytesOf(filesOf(project)).sort()).toEqual(bytesOf(given).sort())
      areForPeople(await runProject(project))
    },
  )

  law(
    'configuration: what is formatted means the same, and formatting again changes nothing',
    brokenProject,
    (files) => {
      for (const text of Object.values(files)) {
        const formatted = formatFile(text)
        if ('problem' in formatted) areForPeople([formatted.problem])
        else {
          expect(readJson(formatted.text)).toEqual(readJson(text))
          expect(formatFile(formatted.text)).toEqual(formatted)
        }
        const pasted = readPasted(text)
        expect(pasted).toBeDefined()
      }
    },
  )

  const archives = [
    ...projects.map((files) => zipOf(Object.entries(files).map(([path, content]) => ({ path, content })))),
    ...['paths.zip', 'dups.zip', 'lie.zip', 'cut.zip']
      .map((name) => join(cases, 'faults', name))
      .flatMap((path) => (existsSync(path) ? [new Uint8Array(readFileSync(path))] : [])),
  ]
  law('archives: what comes in can go out again', mutatedBytes(archives), async (zip) => {
    const { project, problems } = await importZip(zip)
    areForPeople(problems)
    const again = await importZip(exportZip(project), { root: project.root })
    expect(bytesOf(filesOf(again.project))).toEqual(bytesOf(filesOf(project)))
    areForPeople(checkProject(loadProject(engineFiles(project))))
  })

  const entities = [
    '[{"_id":"1","a":1.0,"b":"~t2020-01-01T00:00:00.123456789Z"},{"_id":"2","c":[{"d":null}]},{"_id":"3"}]',
    '{"_id":"1"}\n{"_id":"2","n":10000000000000000000000}\n{"_id":"3","x":"~b00ff"}\n',
  ]
  law('entities: each one comes out, or a problem says why not', mutatedText(entities), async (text) => {
    const { entities, problems } = await output({
      pipe: { source: { type: 'http_endpoint' } },
      files: { 'testdata/p.json': text },
    })
    const given = plainList(text)
    if (problems.length === 0 && given !== null) expect(entities).toHaveLength(given.length)
  })

  const tables = [
    'id;n;text\n1;2;"a;b"\n2;x;\n3;;"c ""d"""\n',
    'id,n\r\n1,2\r\n2,3\r\n',
    'id\tn\n1\t2\n',
    'id,n\r\n1,"a\nb"\n2,c\r\n3,"d\r\ne"\r4,f\n',
  ]
  law('tables: each row comes out, or a problem says why not', mutatedText(tables), async (text) => {
    const source = { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id' }
    const web = { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s' }
    const { entities, problems } = await output({ pipe: { source }, systems: [web], files: { 'data/x.csv': text } })
    // Empty lines are no rows; an unclosed quote is a problem.
    const rows = csvDelimiters.map((each) => plainCsvRows(text.replace(/^\uFEFF/, ''), each).filter(isFilled).length)
    if (problems.length === 0) expect(rows.map((count) => Math.max(0, count - 1))).toContain(entities.length)
  })

  const triples = [
    '@prefix a: <http://a/> .\na:1 a:name "x"@en ; a:n 5 ; a:ref a:2 .\n',
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/"><rdf:Description rdf:about="http://a/1"><a:name>x</a:name></rdf:Description></rdf:RDF>',
    '<a><b c="d">e &amp; f</b><!-- g --><h/></a>',
  ]
  const formats = fc.constantFrom('n3', 'turtle', 'ntriples', 'xml', 'nquads')
  law('triples and XML', fc.tuple(mutatedText(triples), formats), async ([text, format]) => {
    const web = { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s' }
    const source = { type: 'rdf', system: 'web', url: 'x.rdf', format }
    await output({ pipe: { source }, systems: [web], files: { 'data/x.rdf': text } })
    expect(typeof sameXml(text, '<a/>')).toBe('boolean')
  })

  const templates = [
    '{% for row in rows %}{{ row.a | upper }}{% if not loop.last %}, {% endif %}{% endfor %}',
    '{{ "%s-%05d" % (name, 42) }} {{ rows | map(attribute="a") | join("-") | default("x", true) }}',
    '{% macro m(x, y=1) %}{{ x }}{{ y }}{% endmacro %}{{ m(name, y=2) }}{% set z = [1,2] %}{{ z[-1] }}{% raw %}{{{% endraw %}',
    ...jinjaTemplates(),
  ]
  law('templates: text, or a problem', mutatedText(templates), async (text) => {
    const values = { name: 'å', rows: [{ a: 'b' }, { a: 'c' }], n: 9007199254740993n, nothing: null }
    const rendered = await orProblem(() => template(text)(values))
    if (rendered !== null) expect(typeof rendered).toBe('string')
  })

  const answers = [
    '{"items":[{"id":1},{"id":2}],"next":"https://s/rows?page=2"}',
    '[{"id":"a"},{"id":"b"}]',
    '{"items":[],"next":null}',
  ]
  law('answers of services: reading ends', fc.tuple(mutatedText(answers), mutatedText(answers)), async (pages) => {
    let asked = 0
    const fetch = async () => {
      const text = pages[Math.min(asked++, 1)] ?? ''
      return new Response(encoder.encode(text), { headers: { 'content-type': 'application/json' } })
    }
    const pause = async () => {}
    await output({
      pipe: { source: { type: 'rest', system: 's', operation: 'list' } },
      systems: [pagedSystem],
      fetch,
      pause,
    })
    expect(asked).toBeLessThan(1000)
  })

  const archivesOfRequests = [
    '{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"https://s/rows?api_key=k1234567&page=1"},"response":{"status":200,"headers":[{"name":"Link","value":"<https://s/rows?page=2>; rel=next"}],"content":{"size":30,"mimeType":"application/json","text":"{\\"items\\":[{\\"id\\":1}],\\"next\\":\\"https://s/rows?page=2\\"}"}}},{"request":{"method":"GET","url":"https://s/rows?page=2"},"response":{"status":200,"headers":[],"content":{"size":12,"mimeType":"text/plain; charset=utf-8","encoding":"base64","text":"eyJpdGVtcyI6W119"}}}]}}',
    '{"log":{"entries":[{"request":{"method":"POST","url":"https://s/rows","postData":{"text":"{\\"a\\":1}"}},"response":{"status":404,"content":{"size":2}}}]}}',
  ]
  law(
    'HAR files: records without secrets, or a problem; reading them ends',
    mutatedText(archivesOfRequests),
    async (text) => {
      const answers = await orProblem(() => answersOfHar(text))
      if (answers !== null) {
        const again = answersOfHar(harOf(answers.records.flatMap(exchangeOf), (each) => each, '2024-01-01T00:00:00Z'))
        expect(again.left).toBe(0)
        expect(JSON.stringify(answers.records)).not.toContain('api_key=k1234567&')
      }
      const source = { type: 'rest', system: 's', operation: 'list' }
      await output({
        pipe: { source },
        systems: [pagedSystem],
        files: { 'testdata/p.har': text },
        pause: async () => {},
      })
    },
  )

  it(
    'links with a project: a project, or a problem',
    async () => {
      const link = linkText((await imported(projects[0] ?? {})).project, 'name')
      await fc.assert(
        fc.asyncProperty(mutatedText([link]), async (text) => {
          const { imported } = await projectInLink(text)
          areForPeople(imported.problems)
        }),
        { numRuns },
      )
    },
    timeout,
  )

  law('cases of rules and expressions: a value, entities, or a problem', mutatedText(dtlCases()), async (text) => {
    const json = await orProblem((): Json => readJson(text))
    if (json === null) return
    const result = await evaluateCase(json, machine)
    if ('problem' in result) areForPeople([result.problem])
    expect(() => readJson(printResult('id', result))).not.toThrow()
  })
})

/** The delimiters of fuzzed tables, which readers detect. */
const csvDelimiters = [',', ';', '\t', '|', '\x1e', '\x1f']

const isFilled = (row: readonly string[]) => row.length > 1 || row[0] !== ''

/** A record as an exchange, for printing it again. */
function exchangeOf({ url, method, status, headers, answer }: JsonObject): HttpExchange[] {
  if (typeof url !== 'string' || typeof method !== 'string' || !isObject(headers)) return []
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  const text = typeof answer === 'string' ? answer : printJson(answer ?? null)
  return [{ request: { url, method }, response: { status: Number(status ?? 200), text, headers: texts, url } }]
}

/** The list that a text is when read as JSON, or null. */
function plainList(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function jinjaTemplates(): string[] {
  const file = join(conformance, 'jinja.json')
  if (!existsSync(file)) return []
  const all: { template?: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  return all.flatMap(({ template }) => (template === undefined ? [] : [template]))
}

/** Cases as text: some of our own, and every tenth of the documented ones. */
function dtlCases(): string[] {
  const own = [
    '{"id":"1","expr":["concat",["list","a","_S.b"],["string",5]],"source":{"_id":"1","b":"x"}}',
    '{"id":"2","rules":{"default":[["copy","*"],["add","x",["map",["upper","_."],"_S.list"]],["if",["eq","_S.a",1],["filter",false]]]},"source":{"_id":"1","a":1,"list":["p",2]}}',
  ]
  const files = existsSync(conformance) ? readdirSync(conformance).filter((name) => name.endsWith('.json')) : []
  const documented = files.flatMap((name) => {
    const all: unknown = JSON.parse(readFileSync(join(conformance, name), 'utf8'))
    return Array.isArray(all) ? all.filter((_, index) => index % 10 === 0).map((each) => JSON.stringify(each)) : []
  })
  return [...own, ...documented]
}
