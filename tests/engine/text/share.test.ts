import { describe, expect, test } from 'vitest'
import { kinds } from '../../../engine-worker/connectors/registry.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { filesOf, fileText, projectOf } from '../../../engine-worker/text/project.ts'
import { linkText, projectInLink, shareable } from '../../../engine-worker/text/share.ts'
import { zipOf } from '../../../engine-worker/text/zip.ts'

const catalogue = { functions, kinds }

const project = projectOf([
  {
    path: 'systems/crm.conf.json',
    content: `{
  "_id": "crm",
  "type": "system:rest",
  "url_pattern": "https://crm.example/%s",
  "headers": {"Authorization": "Bearer abc", "Accept": "application/json"},
  "password": "hunter2",
  "oauth2": {"client_id": "me", "client_secret": "s3cret", "token_url": "https://crm.example/token"},
  "jwt_token": "$SECRET(jwt)",
  "proxy": "http://me:pw@proxy.example:8080/"
}
`,
  },
  {
    path: 'pipes/person.conf.json',
    content: `{
  "_id": "person",
  "type": "pipe",
  "source": {"type": "embedded", "entities": [{"_id": "1", "password": "data"}]},
  "transform": {"type": "dtl", "rules": {"default": [["add", "x", ["encrypt", "keyword", "_S.a"]], ["copy", "*"]]}}
}
`,
  },
  { path: 'test-env.json', content: '{"crm_url": "https://crm.example", "crm_password": "pw"}\n' },
  { path: 'testdata/person.json', content: '[{"_id": "2"}]\n' },
  { path: 'expected/person.json', content: '[]\n' },
  { path: '.pipewright.json', content: '{"layout": {}}\n' },
]).value

describe('sharing a project', () => {
  test('leaves secrets out and names what it left', () => {
    const { project: shared, leftOut, embedded } = shareable(project, true, catalogue)
    const system = JSON.parse(fileText(shared, 'systems/crm.conf.json') ?? '')
    expect(system).toEqual({
      _id: 'crm',
      type: 'system:rest',
      url_pattern: 'https://crm.example/%s',
      headers: { Authorization: '$SECRET(Authorization)', Accept: 'application/json' },
      password: '$SECRET(password)',
      oauth2: { client_id: 'me', client_secret: '$SECRET(client_secret)', token_url: 'https://crm.example/token' },
      jwt_token: '$SECRET(jwt)',
      proxy: 'http://me:$SECRET(proxy)@proxy.example:8080/',
    })
    const pipe = JSON.parse(fileText(shared, 'pipes/person.conf.json') ?? '')
    expect(pipe.source.entities).toEqual([{ _id: '1', password: 'data' }])
    expect(pipe.transform.rules.default[0]).toEqual(['add', 'x', ['encrypt', '$SECRET(encrypt)', '_S.a']])
    expect(JSON.parse(fileText(shared, 'test-env.json') ?? '')).toEqual({
      crm_url: 'https://crm.example',
      crm_password: '$SECRET(crm_password)',
    })
    expect(leftOut.map(({ of, name }) => `${of} ${name}`).sort()).toEqual([
      'crm Authorization',
      'crm client_secret',
      'crm password',
      'crm proxy',
      'person encrypt',
      'test-env.json crm_password',
    ])
    expect(embedded).toEqual(['person'])
  })

  test('takes data along only where that is asked for', () => {
    const paths = (data: boolean) => filesOf(shareable(project, data, catalogue).project).map(({ path }) => path)
    expect(paths(true)).toEqual(filesOf(project).map(({ path }) => path))
    expect(paths(false)).toEqual([
      '.pipewright.json',
      'pipes/person.conf.json',
      'systems/crm.conf.json',
      'test-env.json',
    ])
  })

  test('leaves configuration out that cannot be searched for secrets', () => {
    const broken = projectOf([
      { path: 'pipes/p.conf.json', content: '{"_id": "p", "type": "pipe", "password": "x"' },
      { path: 'test-env.json', content: '{"password": "x"' },
    ]).value
    expect(filesOf(shareable(broken, true, catalogue).project)).toEqual([])
  })

  test('comes out of the link as it went in', async () => {
    const text = linkText(project, 'Kunder æøå')
    expect(text).toMatch(/^[\w-]+$/)
    const { name, imported } = await projectInLink(text)
    expect(name).toBe('Kunder æøå')
    expect(imported.problems).toEqual([])
    expect(filesOf(imported.project)).toEqual(filesOf(project))
  })

  test.each([
    ['nothing', ''],
    ['no letters of the kind', '%%%'],
    ['a link that was cut', linkText(project, 'x').slice(0, 200)],
    ['another zip', btoa(String.fromCharCode(...zipOf([{ path: 'a.json', content: '[1]' }])))],
    ['files that are none', linkOf('{"files": 3}')],
  ])('says so of %s', async (_, text) => {
    const { imported } = await projectInLink(text)
    expect(imported.problems.map(({ code }) => code)).toEqual(['link-broken'])
  })

  test('refuses paths that lead outside', async () => {
    const { imported } = await projectInLink(
      linkOf('{"name": "x", "root": "", "files": [["../../evil.conf.json", "{}"]]}'),
    )
    expect(imported.problems.map(({ code }) => code)).toContain('import-unsafe-path')
    expect(filesOf(imported.project)).toEqual([])
  })
})

function linkOf(content: string): string {
  const bytes = zipOf([{ path: 'project.json', content }])
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
