/** Connectors: expanded, collapsed and checked as Sesam's client does it, and hostile ones refused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { printClientJson } from '../../../engine-worker/extensions/client-json.ts'
import { collapseConnector } from '../../../engine-worker/extensions/collapse.ts'
import { expandConnector } from '../../../engine-worker/extensions/expand.ts'
import type { ConnectorFiles } from '../../../engine-worker/extensions/manifest.ts'
import { validateConnector } from '../../../engine-worker/extensions/validate.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { cases, noShared } from '../../shared.ts'

const connectorCases = join(cases, 'connectors')
const options = { system: 'xxxxxx', profile: 'test' }

const connector: ConnectorFiles = {
  'manifest.json': JSON.stringify({
    auth: 'api_key',
    'system-template': 'templates/system.json',
    additional_parameters: { base_url: {} },
    datatypes: {
      invoice: { template: 'templates/invoice.json', parameters: { since: true, list: 'Invoices' } },
      invoiceline: { template: 'templates/invoiceline.json', parent: 'invoice' },
    },
  }),
  'templates/system.json':
    '{"_id": "{{@ system @}}", "type": "system:rest", "url_pattern": "{{@ base_url @}}/%s", "operations": {"list": {"url": "{{ properties.url }}"}}}',
  'templates/invoice.json':
    '{"_id": "{{@ system @}}-{{@ datatype @}}-all", "type": "pipe", "source": {"type": "rest", "operation": "list", "url": "{{@ list @}}", "since": "{{@ since @}}"}, "description": "æ {{@ nobody @}}"}',
  'templates/invoiceline.json':
    '[{"_id": "{{@ system @}}-{{@ datatype @}}-all", "type": "pipe", "source": {"type": "dataset", "dataset": "{{@ system @}}-{{@ parent @}}-collect"}}]',
}

function json(files: ConnectorFiles, path: string) {
  return JSON.parse(files[path] ?? 'null')
}

describe('expandConnector', () => {
  const files = expandConnector(connector, options)
  it('fills in names, parameters, variables and booleans, and leaves the braces of templates alone', () => {
    expect(json(files, 'systems/xxxxxx.conf.json')).toEqual({
      _id: 'xxxxxx',
      type: 'system:rest',
      url_pattern: '$ENV(base_url)/%s',
      operations: { list: { url: '{{ properties.url }}' } },
    })
    expect(json(files, 'pipes/xxxxxx-invoice-all.conf.json')).toMatchObject({
      source: { url: 'Invoices', since: true },
      description: 'æ ',
    })
    expect(json(files, 'pipes/xxxxxx-invoiceline-all.conf.json').source.dataset).toBe('xxxxxx-invoice-collect')
    expect(json(files, 'test-env.json')).toEqual({ 'node-env': 'test', base_url: '' })
    expect(Object.keys(files).filter((path) => path.endsWith('-transform.conf.json'))).toHaveLength(2)
  })

  it('writes the bytes that the client writes: sorted, two spaces, ASCII, no newline at the end', () => {
    expect(printClientJson({ b: [], a: { é: [1, 2.5, 'x/y'] } })).toBe(
      '{\n  "a": {\n    "\\u00e9": [\n      1,\n      2.5,\n      "x/y"\n    ]\n  },\n  "b": []\n}',
    )
  })

  it('names the file that cannot be used', () => {
    const problemOf = (changes: ConnectorFiles) => {
      try {
        expandConnector({ ...connector, ...changes }, options)
      } catch (error) {
        if (error instanceof Fault) return [error.problem.code, error.problem.where.file]
        throw error
      }
      return null
    }
    expect(problemOf({ 'manifest.json': '{"datatypes": []}' })).toEqual(['connector-manifest', 'manifest.json'])
    expect(problemOf({ 'manifest.json': '{' })?.[1]).toBe('manifest.json')
    expect(problemOf({ 'manifest.json': '{"datatypes": {"a": {"template": "templates/b.json"}}}' })).toEqual([
      'connector-template-missing',
      'templates/b.json',
    ])
    const broken = { 'templates/system.json': '{"_id": {{@ system @}}}' }
    expect(problemOf(broken)).toEqual(['connector-template-json', 'templates/system.json'])
    const endless = {
      'templates/system.json':
        '{{% for a in range(3000000000) %}}{{% for b in range(9) %}}x{{% endfor %}}{{% endfor %}}',
    }
    expect(problemOf(endless)).toEqual(['connector-template', 'templates/system.json'])
    const outside = { 'templates/system.json': '{"_id": "../../up", "type": "system:rest"}' }
    expect(problemOf(outside)).toEqual(['connector-component', 'templates/system.json'])
    const inherited = { 'manifest.json': '{"datatypes": {"a": {"template": "constructor"}}}' }
    expect(problemOf(inherited)?.[0]).toBe('connector-template-missing')
  })
})

describe('collapseConnector', () => {
  it('gives templates and a manifest that expand to the same files', () => {
    const expanded = expandConnector(connector, options)
    const collapsed = collapseConnector(connector, expanded, options.system)
    const again = expandConnector({ ...connector, ...collapsed }, options)
    expect(again).toEqual(expanded)
    expect(json(collapsed, 'manifest.json').datatypes.invoiceline.parent).toBe('invoice')
  })
})

describe.skipIf(noShared)('the shared cases', () => {
  const names = noShared ? [] : readdirSync(connectorCases).filter((name) => !name.endsWith('.md'))
  it.each(names)('%s gives what its folder says', (name) => {
    const folder = join(connectorCases, name)
    const files = readFolder(join(folder, 'acme-connector'))
    if (existsSync(join(folder, 'expected'))) {
      expect(parsedFiles(expandConnector(files, options))).toEqual(parsedFiles(readFolder(join(folder, 'expected'))))
    } else if (existsSync(join(folder, 'expanded'))) {
      const collapsed = collapseConnector(files, readFolder(join(folder, 'expanded')), options.system)
      expect(parsedFiles(collapsed)).toEqual(parsedFiles(readFolder(join(folder, 'collapsed'))))
    } else if (existsSync(join(folder, 'rejects.json'))) {
      const { files: named, words } = JSON.parse(readFileSync(join(folder, 'rejects.json'), 'utf8'))
      const said = validateConnector(files, options.system).map(
        ({ message, where }) => `${where.file} ${where.pipe} ${message}`,
      )
      expect(said.some((text) => named.some((file: string) => text.includes(file)))).toBe(true)
      for (const word of words) expect(said.join('\n')).toContain(word)
    } else expect(validateConnector(files, options.system)).toEqual([])
  })
})

function readFolder(folder: string): ConnectorFiles {
  const files: Record<string, string> = {}
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.json')) files[path] = readFileSync(join(folder, path), 'utf8')
  return files
}

/** As JSON; the components of a template in one order. */
function parsedFiles(files: ConnectorFiles): Record<string, unknown> {
  const byId = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : 1)
  const read = (text: string) => {
    const value = JSON.parse(text)
    return Array.isArray(value) ? value.sort(byId) : value
  }
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, read(text)]))
}
