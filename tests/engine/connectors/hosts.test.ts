/** The servers in a configuration, found by the declarations of its parts. */
import { describe, expect, it } from 'vitest'
import '../../../engine-worker/connectors/kinds.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { hostOf, hostsNamed } from '../../../engine-worker/connectors/hosts.ts'

function hostsIn(components: readonly object[], variables: object = {}) {
  return hostsNamed(loadProject(files(components, variables)))
}

function files(components: readonly object[], variables: object): Record<string, string> {
  return { 'sesam.conf.json': JSON.stringify(components), 'test-env.json': JSON.stringify(variables) }
}

describe('servers that a project names', () => {
  it('come from systems and pipes, with variables put in', () => {
    const components = [
      { _id: 'a', type: 'system:url', url_pattern: 'https://$ENV(host):8443/%s' },
      { _id: 'b', type: 'system:rest', url_pattern: 'http://user:pass@api.example.org/v1/%s', operations: {} },
      { _id: 'p', type: 'pipe', source: { type: 'json', system: 'a', url: 'https://elsewhere.example.net/x' } },
      {
        _id: 'q',
        type: 'pipe',
        source: { type: 'empty' },
        transform: [{ type: 'http', system: 'b', url: 'https://api.example.org/y' }],
      },
    ]
    expect(hostsIn(components, { host: 'h.example.org' })).toEqual([
      { host: 'api.example.org', components: ['b', 'q'] },
      { host: 'elsewhere.example.net', components: ['p'] },
      { host: 'h.example.org:8443', components: ['a'] },
    ])
  })

  it('are none where a system is of files', () => {
    expect(hostsIn([{ _id: 'files', type: 'system:url', url_pattern: 'file:///%s' }])).toEqual([])
  })

  it('include those of tokens, nested in objects', () => {
    const oauth2 = { token_url: 'https://login.example.org/token', client_id: 'c', client_secret: '$SECRET(s)' }
    const found = hostsIn([{ _id: 'a', type: 'system:url', url_pattern: 'https://api.example.org/%s', oauth2 }])
    expect(found.map(({ host }) => host)).toEqual(['api.example.org', 'login.example.org'])
  })

  it('leave out what is kept here, and what only data or secrets decide', () => {
    const found = hostsIn([
      { _id: 'a', type: 'system:url', url_pattern: 'https://$SECRET(where)/%s' },
      {
        _id: 'p',
        type: 'pipe',
        source: { type: 'embedded', entities: [{ _id: '1', link: 'https://data.example.org/' }] },
      },
    ])
    expect(found).toEqual([])
  })

  it('are hosts with their ports', () => {
    expect(hostOf('HTTPS://Example.ORG:8080/%s')).toBe('example.org:8080')
    expect(hostOf('https://{{ where }}/x')).toBeNull()
    expect(hostOf('ftp://example.org/')).toBeNull()
    expect(hostOf('just text')).toBeNull()
  })
})
