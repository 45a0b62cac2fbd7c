/** Hostile manifests and templates: each gives a problem with its file, and nothing outside is accessed. */
import { describe, expect, it } from 'vitest'
import { expandConnector } from '../../../engine-worker/extensions/expand.ts'
import { connectorFacts } from '../../../engine-worker/extensions/facts.ts'
import { withConnector } from '../../../engine-worker/extensions/link.ts'
import type { ConnectorFiles } from '../../../engine-worker/extensions/manifest.ts'
import { validateConnector } from '../../../engine-worker/extensions/validate.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { projectOf } from '../../../engine-worker/text/project.ts'

const system = '{"_id": "{{@ system @}}", "type": "system:rest", "url_pattern": "https://x/%s", "operations": {}}'

function connector(datatypes: string, template: string): ConnectorFiles {
  return {
    'manifest.json': `{"auth": "api_key", "system-template": "templates/system.json", "datatypes": ${datatypes}}`,
    'templates/system.json': system,
    'templates/a.json': template,
  }
}

function refusalOf(files: ConnectorFiles): readonly [string, string | undefined] | null {
  try {
    expandConnector(files, { system: 'x', profile: 'test' })
    return null
  } catch (error) {
    if (error instanceof Fault) return [error.problem.code, error.problem.where.file]
    throw error
  }
}

const plainDatatypes = '{"a": {"template": "templates/a.json"}}'
const pipe = (id: string) => `{"_id": "${id}", "type": "pipe", "source": {"type": "empty"}}`

describe('a hostile connector', () => {
  it.each([
    [
      'a loop that does not end',
      '{{% for a in range(1000000000) %}}{{% for b in range(99999) %}}x{{% endfor %}}{{% endfor %}}',
    ],
    ['a text of 100 MB', "{{@ 'x' * 100000000 @}}"],
    [
      'a text that doubles',
      "{{% set ns = namespace(t='x') %}}{{% for i in range(60) %}}{{% set ns.t = ns.t ~ ns.t %}}{{% endfor %}}{{@ ns.t @}}",
    ],
    ['a way to the constructor', "{{@ ''.constructor.constructor('return 1')() @}}"],
    ['a way to the classes of Python', "{{@ ''.__class__.__mro__[1].__subclasses__() @}}"],
    ['a rule that calls itself', '{{% macro m() %}}{{@ m() @}}{{% endmacro %}}{{@ m() @}}'],
    ['a file from elsewhere', "{{% include '/etc/passwd' %}}"],
  ])('with %s is refused at its template', (_, template) => {
    expect(refusalOf(connector(plainDatatypes, template))).toEqual(['connector-template', 'templates/a.json'])
  })

  it.each(['../../etc/passwd', '/etc/passwd', 'https://evil.example/t.json', '__proto__', 'constructor', 'toString'])(
    'cannot name %s as a template',
    (template) => {
      const files = connector(JSON.stringify({ a: { template } }), pipe('x'))
      expect(refusalOf(files)).toEqual(['connector-template-missing', template])
    },
  )

  it.each(['../up', 'a/b', 'a\\\\b', 'nul\\u0000'])('cannot write a component %s outside of its folder', (id) => {
    expect(refusalOf(connector(plainDatatypes, pipe(id)))).toEqual(['connector-component', 'templates/a.json'])
  })

  it('has no way to the prototypes of objects', () => {
    const files = connector(
      '{"__proto__": {"template": "templates/a.json", "parameters": {"__proto__": {"polluted": true}, "constructor": "c"}}}',
      '{"_id": "{{@ system @}}-{{@ datatype @}}-all", "type": "pipe", "source": {"type": "empty"}, "__proto__": {"polluted": 1}, "c": "{{@ constructor @}}"}',
    )
    const written = expandConnector(files, { system: 'x', profile: 'test' })
    expect(Object.keys(written)).toContain('pipes/x-__proto__-all.conf.json')
    expect(written['pipes/x-__proto__-all.conf.json']).toContain('"polluted": 1')
    expect(connectorFacts(files).datatypes.map(({ name }) => name)).toEqual(['__proto__'])
    withConnector(projectOf([]).value, null, { folder: 'x', files, system: 'x', datatypes: ['__proto__'] })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('with lists and objects a million deep is a problem, not the end of the program', () => {
    const deep = '['.repeat(1_000_000)
    expect(refusalOf(connector(plainDatatypes, deep))?.[1]).toBe('templates/a.json')
    expect(validateConnector({ 'manifest.json': deep }, 'x')).toMatchObject([{ where: { file: 'manifest.json' } }])
  })

  it('with a manifest of 100 MB, or a million datatypes, is a problem or is read, and ends', () => {
    const long = { ...connector(plainDatatypes, pipe('x')), 'manifest.json': `{"auth": "${'x'.repeat(100_000_000)}"}` }
    expect(connectorFacts(long).datatypes).toEqual([])
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`d${at}`, { template: 'none.json' }]))
    expect(refusalOf(connector(JSON.stringify(many), pipe('x')))).toEqual(['connector-template-missing', 'none.json'])
  })

  it('shows no secret that stands in an address', () => {
    const files = connector(plainDatatypes, pipe('x'))
    const address = 'https://user:hunter22@x.example/%s?api_key=K123456789'
    const facts = connectorFacts({ ...files, 'templates/system.json': system.replace('https://x/%s', address) })
    expect(JSON.stringify(facts.addresses)).not.toMatch(/hunter22|K123456789/)
  })

  it('with HTML in its names stays text', () => {
    const name = '<img src=x onerror=alert(1)>'
    const files = connector(JSON.stringify({ [name]: { template: 'templates/a.json', label: name } }), pipe('x'))
    expect(connectorFacts(files).datatypes.map((each) => [each.name, each.label])).toEqual([[name, name]])
  })
})
