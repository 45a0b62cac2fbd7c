import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { cases, noShared } from '../../shared.ts'

/** The codes of warnings and errors, each with its place. */
function codesOf(...components: object[]): string[] {
  const files = { 'a.conf.json': JSON.stringify(components) }
  return checkProject(loadProject(files))
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, where }) => [code, ...(where.path ?? [])].join(' '))
}

const pipe = (parts: object) => ({ _id: 'p', type: 'pipe', source: { type: 'empty' }, ...parts })
const system = (type: string, properties: object) => ({ _id: 's', type: `system:${type}`, ...properties })
const database = { host: 'h', database: 'd', username: 'u', password: '$SECRET(p)' }

describe('valid configuration has no warnings', () => {
  test.each<[string, ...object[]]>([
    ['the recommended SQL Server system', system('sqlserver', { ...database, dialect: 'synapse' })],
    ['its older name', system('mssql-azure-dw', database)],
    ['the system of the older driver', system('mssql', { ...database, instance: 'i', tds_version: '7.4' })],
    ['a background rescan into a dataset', pipe({ enable_background_rescan: true })],
    ['base_url alone', system('url', { base_url: 'http://h/' })],
    ['url_pattern alone', system('rest', { url_pattern: 'http://h/%s' })],
    [
      'retry strategies by status',
      system('url', {
        url_pattern: 'http://h/%s',
        retry_strategy: {
          '500,502-504': { max_read_retries: 2, read_retry_delay: 0.5 },
          default: { batch_retries: 1 },
        },
      }),
    ],
    ['side effects of any transform', pipe({ transform: { type: 'dtl', side_effects: true, rules: { default: [] } } })],
    [
      'names of the parts',
      pipe({ source: { type: 'empty', name: 'n' }, sink: { type: 'null', name: 'n' }, pump: { name: 'n' } }),
    ],
    ['an address that needs no system', pipe({ source: { type: 'csv', url: 'https://h/x.csv', primary_key: 'a' } })],
    [
      'a character set that only Sesam knows',
      pipe({ source: { type: 'csv', url: 'https://h/x.csv', primary_key: 'a', encoding: 'cp037' } }),
    ],
    [
      'rows of a query',
      pipe({ source: { type: 'sql', system: 's', query: ['select 1'], primary_key: 'a' } }),
      database,
    ],
    [
      'the scheduler turned off, and models',
      { _id: 'node', type: 'metadata', task_manager: { disable_pump_scheduler: true } },
      pipe({ metadata: { models: ['a', 'b'] } }),
    ],
  ])('%s', (_name, ...components) => {
    const all = components.map((each) => ('type' in each ? each : system('sqlserver', each)))
    expect(codesOf(...all)).toEqual([])
  })
})

describe('is reported, at its place:', () => {
  const csv = { type: 'csv', url: 'https://h/x.csv', primary_key: 'a' }
  test.each([
    [
      'a background rescan without a dataset sink',
      pipe({ enable_background_rescan: true, sink: { type: 'null' } }),
      'background-rescan-needs-dataset enable_background_rescan',
    ],
    [
      'two addresses',
      system('url', { base_url: 'http://h/', url_pattern: 'http://h/%s' }),
      'exclusive-properties base_url',
    ],
    ['no address', system('rest', {}), 'missing-one-of'],
    [
      'a cron expression with an interval',
      pipe({ pump: { cron_expression: '* * * * *', schedule_interval: 10 } }),
      'exclusive-properties pump schedule_interval',
    ],
    [
      'rescans by both ways',
      pipe({ pump: { rescan_cron_expression: '* * * * *', rescan_run_count: 10 } }),
      'exclusive-properties pump rescan_run_count',
    ],
    ['an unknown character set', pipe({ source: { ...csv, encoding: 'utf-9' } }), 'unknown-encoding source encoding'],
    [
      'an unknown character set of a sink',
      pipe({ sink: { type: 'csv_endpoint', columns: [], encoding: 'latin-99' } }),
      'unknown-encoding sink encoding',
    ],
    [
      'a retry strategy for no status',
      system('url', { url_pattern: 'http://h/%s', retry_strategy: { often: {} } }),
      'broken-status-codes retry_strategy often',
    ],
    [
      'a retry strategy with a text for a number',
      system('url', { url_pattern: 'http://h/%s', retry_strategy: { 429: { max_read_retries: 'many' } } }),
      'wrong-type retry_strategy 429 max_read_retries',
    ],
    [
      'status codes that are none',
      operationWith({ allowed_status_codes: '2xx' }),
      'broken-status-codes operations get allowed_status_codes',
    ],
    ['an address relative to nothing', pipe({ source: { ...csv, url: 'x.csv' } }), 'missing-property source'],
  ])('%s', (_name, component, found) => {
    expect(codesOf(component)).toEqual([found])
  })
})

function operationWith(properties: object) {
  const get = { url: '/', method: 'GET', ...properties }
  return system('rest', { url_pattern: 'http://h/%s', operations: { get } })
}

describe('what a run refuses is said before', () => {
  const from = (source: object, more: object = {}) => pipe({ source, ...more })
  test.each<[string, object, string[]]>([
    ['a dataset without a name', from({ type: 'dataset', dataset: '' }), ['empty-name source dataset']],
    ['blanks as a name', from({ type: 'dataset', dataset: '  ' }), ['empty-name source dataset']],
    ['no datasets', from({ type: 'union_datasets', datasets: [] }), ['source-without-dataset source']],
    ['one name of several', from({ type: 'union_datasets', datasets: ['p', ''] }), ['empty-name source datasets 1']],
    ['one of a merge', from({ type: 'merge_datasets', datasets: ['p', ' '] }), ['empty-name source datasets 1']],
    ['a sink', pipe({ sink: { type: 'dataset', dataset: '' } }), ['empty-name sink dataset']],
    [
      'dead letters',
      pipe({ pump: { max_write_errors_in_retry_dataset: 3, dead_letter_dataset: '' } }),
      ['empty-name pump dead_letter_dataset'],
    ],
    ['dead letters of blanks', pipe({ pump: { dead_letter_dataset: ' ' } }), ['empty-name pump dead_letter_dataset']],
    ['completeness', pipe({ exclude_completeness: [''] }), ['empty-name exclude_completeness 0']],
    ['a system', from({ type: 'json', system: '', url: 'x' }), ['empty-name source system']],
    [
      'a dataset of Sesam',
      pipe({ sink: { type: 'dataset', dataset: 'system:x' } }),
      ['forbidden-dataset sink dataset'],
    ],
    ['a dataset with a slash', pipe({ sink: { type: 'dataset', dataset: 'a/b' } }), ['forbidden-dataset sink dataset']],
    ['entities that are none', from({ type: 'embedded', entities: [1] }), ['embedded-not-an-entity source entities 0']],
    ...[['neq', '_S.x', 1], ['eq', '_S.x', ['ni', 'a', 'b']], ['eq', 'x', 1], 'x', ['eq', '_S.x', 1, 2]].map(
      (subset): [string, object, string[]] => [
        `the subset ${JSON.stringify(subset)}`,
        from({ type: 'dataset', dataset: 'p', subset }),
        ['subset-not-an-eq source subset'],
      ],
    ),
    [
      'a mistake in the expression of a subset',
      from({ type: 'dataset', dataset: 'p', subset: ['eq', ['upper'], 'X'] }),
      ['dtl-wrong-argument-count source subset 1'],
    ],
    [
      'rules without default, once',
      pipe({ transform: { type: 'dtl', rules: {} } }),
      ['dtl-no-default-rule transform rules'],
    ],
  ])('%s', (_, component, codes) => expect(codesOf(component)).toEqual(codes))

  test('and is an error', () => {
    const source = { type: 'dataset', dataset: '' }
    for (const component of [pipe({ source }), pipe({ source: { type: 'dataset' } })]) {
      const found = checkProject(loadProject({ 'a.conf.json': JSON.stringify([component]) }))
      expect(found.map(({ severity }) => severity)).toEqual(['error'])
    }
  })

  test('and what is read from datasets as it should be is not', () => {
    for (const subset of [
      ['eq', '_S.kind', 'tank'],
      ['eq', '~:a:b', '_S.kind'],
      ['eq', ['upper', '_S.a'], 'X'],
    ])
      expect(codesOf(from({ type: 'dataset', dataset: 'p', subset }))).toEqual([])
  })
})

describe.skipIf(noShared)('the cases of validation', () => {
  const folder = join(cases, 'turn2/validation')
  const files: Record<string, string> = {}
  for (const file of noShared ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.conf.json')) files[file] = readFileSync(join(folder, file), 'utf8')
  }
  const found = () =>
    checkProject(loadProject(files)).map(({ code, where, message }) => ({ code, file: where.file, message }))
  test('report nothing that is right', () => {
    const expected = JSON.parse(readFileSync(join(folder, 'expected-problems.json'), 'utf8'))
    for (const { file, codes } of expected['must-not-report']) {
      const wrong = found().filter((each) => each.file === file && (codes.includes('*') || codes.includes(each.code)))
      expect(wrong).toEqual([])
    }
    for (const { file } of expected['must-report']) expect(found().map((each) => each.file)).toContain(file)
  })
})
