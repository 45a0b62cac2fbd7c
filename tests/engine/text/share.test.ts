import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { filesOf, fileText, projectOf } from '../../../engine-worker/text/project.ts'
import { linkText, projectInLink, shareable } from '../../../engine-worker/text/share.ts'
import { zipOf } from '../../../engine-worker/text/zip.ts'
import { noShared, projects } from '../../shared.ts'

const catalogue = { functions, kinds: allKinds() }

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

const system = (members: string) => `{"_id": "p", "type": "system:rest", ${members}}`
/** Configuration with secrets named `KEEP…`, and the part that must stay. */
const secretTexts: readonly (readonly [string, string, readonly string[]])[] = [
  ['parameters of an address', system('"url": "https://h/x?page=2&api_key=KEEP1&sig=KEEP%2F2#x"'), ['page=2', '#x']],
  [
    'a code in an address',
    system('"url": "https://f.azurewebsites.net/api?code=KEEP0a1B2c3D4e5F6g7H8=="'),
    ['/api?code='],
  ],
  ['parameters in a map', system('"params": {"access_token": "KEEP1", "page": "2"}'), ['"page": "2"']],
  [
    'headers',
    system('"headers": {"X-Auth": "KEEP1", "apikey": "KEEP2", "Accept": "text/csv", "X-Session": "KEEP3"}'),
    ['text/csv'],
  ],
  [
    'names in camelCase',
    system('"clientSecret": "KEEP1", "sharedAccessKey": "KEEP2", "DB_PASS": "KEEP3"'),
    ['DB_PASS'],
  ],
  ['numbers and lists', system('"password": 12345, "tokens": ["KEEP1", "KEEP2"]'), ['$SECRET(password)']],
  [
    'a connection string',
    system('"odbc": "Server=h;User Id=u;Password=KEEP1;Encrypt=yes"'),
    ['Server=h;User Id=u;', 'Encrypt=yes'],
  ],
  [
    'a storage account',
    system('"to": "AccountName=a;AccountKey=KEEP1/x+y==;EndpointSuffix=e"'),
    ['AccountName=a', 'EndpointSuffix=e'],
  ],
  ['a libpq string', system('"dsn": "host=h user=u password=KEEP1 port=1"'), ['host=h user=u', 'port=1']],
  ['a password in an address', system('"dsn": "mongodb+srv://u:KEEP1@h/db"'), ['mongodb+srv://u:', '@h/db']],
  ['a body as text', system('"payload": "{\\"client_secret\\": \\"KEEP1\\", \\"scope\\": \\"all\\"}"'), ['scope']],
  [
    'a form',
    system('"payload": "grant_type=password&client_secret=KEEP1&scope=all"'),
    ['grant_type=password', 'scope=all'],
  ],
  ['a header in a text', system('"run": "curl -H \'Authorization: Basic KEEPabc==\' h"'), ['curl -H']],
  ['a key of AWS', system('"x": "AKIAKEEPKEEPKEEPKEEP"'), []],
  ['a token of GitHub', system('"x": "use ghp_KEEPKEEPKEEPKEEPKEEPKEEPKEEPKEEPKEEP"'), ['use ']],
  ['a token of Slack', system('"x": "xoxb-KEEP-12345678901"'), []],
  [
    'a webhook of Slack',
    system('"x": "https://hooks.slack.com/services/KEEPT000/KEEPB000/KEEPX"'),
    ['hooks.slack.com/services/'],
  ],
  ['a key of Stripe', system('"x": "sk_live_KEEPKEEPKEEP1234"'), []],
  ['a JWT', system('"x": "eyJhbGciOiJIUzI1NiJ9.eyJLRUVQIjoxfQ.KEEPKEEP"'), []],
  ['a private key', system('"x": "-----BEGIN RSA PRIVATE KEY-----\\nKEEP\\n-----END RSA PRIVATE KEY-----"'), []],
  [
    'an object of secrets, which is named',
    system('"secrets": {"a": "$SECRET(a)", "b": 1}, "password": "KEEP"'),
    ['"b": 1'],
  ],
  ['what follows a reference', system('"password": "$ENV(prefix)KEEP"'), []],
  [
    'a literal secret of a function',
    '{"_id": "p", "type": "pipe", "transform": {"type": "dtl", "rules": {"default": [["add", "x", ["encrypt", "KEEP", "_S.a"]]]}}}',
    ['_S.a'],
  ],
]

/** Members of a system that hold a secret `KEEP…`: each is left out or named as what may be one. */
const secretMembers: readonly unknown[] = [
  { salt: 'KEEP' },
  { hash_salt: 'KEEP', pepper: 'KEEP' },
  { certificate: { key: 'KEEP', cert: 'public' } },
  { tls: { key: 'KEEP' }, encryption: { key: 'KEEP' } },
  { auth: ['user', 'KEEP'] },
  { basic_auth: ['user', 'KEEP'], login: ['user', 'KEEP'], client_cert: ['cert', 'KEEP'] },
  { auth: 'user:KEEP' },
  { auth: { user: 'u', value: 'KEEP' } },
  { creds: 'KEEP', pfx: 'KEEP', bindpw: 'KEEP', dbpass: 'KEEP', consumerkey: 'KEEP', mypwd: 'KEEP' },
  { apinøkkel: 'KEEP', api_nokkel: 'KEEP', schlüssel: 'KEEP', pin: 'KEEP' },
  { jwk: { kty: 'RSA', n: 'public', e: 'AQAB', d: 'KEEP', p: 'KEEP' } },
  { headers: [{ name: 'X-Auth', value: 'KEEP' }] },
  { params: [{ key: 'api_key', value: 'KEEP' }] },
  { headers: [['Authorization', 'KEEP']] },
  { users: { bob: 'KEEP' }, accounts: [['bob', 'KEEP']] },
  { payload: '<a><wsse:Password Type="x">KEEP</wsse:Password></a>' },
  { payload: '{\\"password\\": \\"KEEP\\"}' },
  { url: 'jdbc:oracle:thin:scott/KEEP@//h:1521/x' },
  { url: 'https://u:p@KEEP@h/x' },
  { url: 'https://h/feed/KEEPZx8aB3kd92jfkal3kfjA7/x.json' },
  { url: 'https://hooks.example.com/hooks/catch/123456/KEEPab1cd/' },
  { url: 'https://h/x?to=https%3A%2F%2Fu%3AKEEP%40h' },
  { description: 'the password is KEEP123' },
  { x: 'machine h login u password KEEP' },
  { x: '$2b$12$KEEPKEEPKEEPKEEPKEEPKEOKEEPKEEPKEEPKEEPKEEPKEEPKEEPKEEP' },
  { query: "CREATE USER x IDENTIFIED BY 'KEEP'" },
  { x: 'mysql -u root -pKEEP' },
  { x: 'run --password KEEP --client-secret=KEEP' },
  { x: '[db]\npassword = KEEP12' },
  { x: 'host:5432:db:user:KEEP' },
  { x: "{{ properties.token | default('KEEP1x') }}" },
  { x: 'docker login -u me -p KEEP' },
  { x: 'az login --username me --tenant t -p KEEP' },
  { x: 'tool -p KEEP1x2y --to x' },
  { x: 'tool -p KEEP -u me' },
  { docker: { command: ['login', '-u', 'me', '-p', 'KEEP'], args: ['--client-secret', 'KEEP', '--host', 'h'] } },
  { license: 'KEEP-1234-5678', access: 'KEEP1x2y3z', refresh: 'KEEPKEEPKEEPKEEPKEEP' },
  { ticket: 'TGT-1-KEEP', aes: 'KEEP0a1b2c3d', aes256: 'KEEP0a1b2c3d' },
  { script: 'const password = "KEEP"; headers["X-Api-Key"] = "KEEP"' },
]
/** Members that hold no secret, though their names or shapes come near. */
const openMembers: readonly unknown[] = [
  { certificate: { key: '$SECRET(key)', issuer: 'x' }, auth: ['$ENV(user)', '$SECRET(p)'] },
  { url: 'https://example.com:8080/users/me@example.com' },
  { url: 'https://api.example.com/v2/organisations/12345678-customers/list.json' },
  { description: 'the token is sent by the service; the key is the id of 2024' },
  { payload: '<password>{{ secret("x") }}</password>' },
  { primary: { key: 'order_id' }, sort_key: 'id', key: 'id' },
  { x: { kty: '$ENV(x)', n: 'a' }, users: { template: 'templates/users.json' } },
  { license: 'MIT', refresh: 'weekly', access: 'read', ticket: 'INC-1', license_url: 'https://example.com/l1' },
  { x: 'ssh -p 2222 -u me host; mkdir -p /srv/data1/x; docker run -p 8080:80 image' },
  { docker: { command: ['run', '-p', '8080:80', '-p', '443'], args: ['mkdir', '-p', '/srv/x'] } },
  { auth: 'oauth2', authentication: 'basic', login: 'https://example.com/login' },
]

describe('sharing a project', () => {
  const shared = (members: unknown) => {
    const json = JSON.stringify(Object.assign({ _id: 'p', type: 'system:rest' }, members))
    const one = projectOf([{ path: 'systems/p.conf.json', content: json }]).value
    return shareable(one, { data: false, withoutPossible: false, catalogue })
  }
  test.each(secretMembers.map((members) => [JSON.stringify(members)]))('names what is secret in %s', (json) => {
    const { project, suspects } = shared(JSON.parse(json))
    const kept = fileText(project, 'systems/p.conf.json')?.match(/KEEP(?:KE\w+)?/g) ?? []
    expect(suspects.length).toBeGreaterThanOrEqual(kept.length)
    const all = shareable(project, { data: false, withoutPossible: true, catalogue }).project
    expect(fileText(all, 'systems/p.conf.json')).not.toContain('KEEP')
  })
  test.each(openMembers.map((members) => [JSON.stringify(members)]))('lets %s be', (json) => {
    const { leftOut, suspects } = shared(JSON.parse(json))
    expect({ leftOut, suspects }).toEqual({ leftOut: [], suspects: [] })
  })

  test('leaves secrets out and names what it left', () => {
    const {
      project: shared,
      leftOut,
      suspects,
      embedded,
    } = shareable(project, { data: true, withoutPossible: false, catalogue })
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
    expect(suspects).toEqual([{ of: 'person', name: 'password' }])
    expect(embedded).toEqual(['person'])
  })

  test('takes data along only where that is asked for', () => {
    const paths = (data: boolean) =>
      filesOf(shareable(project, { data, withoutPossible: false, catalogue }).project).map(({ path }) => path)
    expect(paths(true)).toEqual(filesOf(project).map(({ path }) => path))
    expect(paths(false)).toEqual([
      '.pipewright.json',
      'pipes/person.conf.json',
      'systems/crm.conf.json',
      'test-env.json',
    ])
  })

  test('leaves out what is possibly secret where that is asked for', () => {
    const { project: shared, leftOut, suspects } = shareable(project, { data: true, withoutPossible: true, catalogue })
    expect(suspects).toEqual([])
    expect(leftOut).toContainEqual({ of: 'person', name: 'password' })
    const pipe = JSON.parse(fileText(shared, 'pipes/person.conf.json') ?? '')
    expect(pipe.source.entities).toEqual([{ _id: '1', password: '$SECRET(password)' }])
  })

  test('names constants that are hashed with data, and not what only separates', () => {
    const rules = (expression: unknown) => ({
      transform: { type: 'dtl', rules: { default: [['add', 'x', expression]] } },
    })
    const hash = (...values: unknown[]) => ['hash128', 'murmur3', ...values]
    const salted = shared(rules(hash(['concat', '_S.email', 'KEEPsalt'])))
    expect(salted.suspects.map(({ name }) => name)).toEqual(['salt'])
    const deep = shared(rules(['string', hash(['upper', ['concat', ['list', '_S.a'], ['lower', '_S.b'], 'KEEPsalt']])]))
    expect(deep.suspects.map(({ name }) => name)).toEqual(['salt'])
    const open = [hash(['concat', '_S.a', '-', '_S.b', 'no']), ['concat', '_S.a', 'customer'], hash('_S.email')]
    for (const expression of open) expect(shared(rules(expression)).suspects).toEqual([])
  })

  test.each(secretTexts)('leaves out %s', (_, config, keeps) => {
    const shared = shareable(projectOf([{ path: 'pipes/p.conf.json', content: config }]).value, {
      data: false,
      withoutPossible: false,
      catalogue,
    })
    const text = fileText(shared.project, 'pipes/p.conf.json') ?? ''
    expect(text).not.toContain('KEEP')
    expect(() => JSON.parse(text)).not.toThrow()
    for (const kept of keeps) expect(text).toContain(kept)
    expect(shared.leftOut.length + shared.suspects.length).toBeGreaterThan(0)
  })

  test.each([
    ['a constant for a property that sounds secret', '["add", "api_key", "PERHAPS"]', 'api_key'],
    ['random characters', '["add", "x", "h7Gk29sLq0ZpXv4Tb81MnRw6"]', 'random characters'],
  ])('names %s before the link is made', (_, step, name) => {
    const content = `{"_id": "p", "type": "pipe", "transform": {"type": "dtl", "rules": {"default": [${step}]}}}`
    const { value } = projectOf([{ path: 'pipes/p.conf.json', content }])
    const options = { data: false, catalogue }
    const first = shareable(value, { ...options, withoutPossible: false })
    expect(first.suspects).toEqual([{ of: 'p', name }])
    expect(fileText(first.project, 'pipes/p.conf.json')).toBe(content)
    const second = shareable(value, { ...options, withoutPossible: true })
    expect(second.leftOut).toEqual([{ of: 'p', name }])
    expect(fileText(second.project, 'pipes/p.conf.json')).not.toMatch(/PERHAPS|h7Gk/)
  })

  test('leaves alone what only sounds secret', () => {
    const content = `{
  "_id": "p", "type": "pipe",
  "source": {"type": "rest", "primary_key": "id", "token_url": "https://x.example/token", "client_id": "me",
    "next_page_token": "_R.token", "api_key": "$SECRET(k)", "password": "{{ secret('p') }}",
    "headers": {"Authorization": "Bearer $SECRET(t)"}, "url": "https://x.example/?api_key=$ENV(key)&key=name"},
  "transform": {"type": "dtl", "rules": {"default": [
    ["rename", "password", "pwd"], ["add", "token", "_S.token"], ["eq", "_S.secret", "x"],
    ["add", "text", "Token: see the wiki. Select t where t.password = p.password"],
    ["add", "uuid", "0f8fad5b-d9cb-469f-a165-70867728950e"],
    ["add", "url", "https://x.example/some-long-path/with-many-words/and-2-numbers"]]}}
}`
    const { value } = projectOf([{ path: 'pipes/p.conf.json', content }])
    const shared = shareable(value, { data: true, withoutPossible: true, catalogue })
    expect([shared.leftOut, shared.suspects]).toEqual([[], []])
    expect(fileText(shared.project, 'pipes/p.conf.json')).toBe(content)
  })

  test('looks where texts are that nothing reads', () => {
    const files = projectOf([
      { path: 'all.conf.json', content: '[{"_id": "a", "type": "pipe"}, {"password": "KEEP1"}, "KEEP2"]' },
      { path: 'pipes/b.conf.json', content: '{"_id": "b", "password": "KEEP3", "password": "$SECRET(p)"}' },
      { path: 'test-env.json', content: '{"password": "KEEP4", "password": 1}' },
      { path: 'notes.txt', content: 'curl -H "Authorization: Bearer KEEP5678"' },
    ]).value
    const shared = shareable(files, { data: true, withoutPossible: true, catalogue })
    expect(JSON.stringify(filesOf(shared.project))).not.toContain('KEEP')
    expect(filesOf(shared.project).map(({ path }) => path)).toEqual([
      'all.conf.json',
      'pipes/b.conf.json',
      'test-env.json',
    ])
    const first = shareable(files, { data: true, withoutPossible: false, catalogue })
    expect(first.suspects).toEqual([{ of: 'notes.txt', name: 'Authorization' }])
  })

  test.skipIf(noShared)('leaves out every secret of the documented case', () => {
    const content = readFileSync(join(projects, '../cases/faults/share-secrets.json'), 'utf8')
    const { value } = projectOf([{ path: 'sesam.conf.json', content }])
    const { project: shared, leftOut } = shareable(value, { data: false, withoutPossible: false, catalogue })
    expect(fileText(shared, 'sesam.conf.json')).not.toContain('KEEP')
    expect(leftOut).toHaveLength(content.match(/KEEP/g)?.length ?? 0)
  })

  test('asks about pairs of a name and a value', () => {
    const content = JSON.stringify({
      _id: 'p',
      type: 'pipe',
      pairs: [
        ['api_key', 'abc123'],
        ['token', 'password'],
      ],
    })
    const { value } = projectOf([{ path: 'pipes/p.conf.json', content }])
    const { suspects } = shareable(value, { data: false, withoutPossible: false, catalogue })
    expect(suspects).toEqual([{ of: 'p', name: 'api_key' }])
  })

  test('leaves configuration out that cannot be searched for secrets', () => {
    const broken = projectOf([
      { path: 'pipes/p.conf.json', content: '{"_id": "p", "type": "pipe", "password": "x"' },
      { path: 'test-env.json', content: '{"password": "x"' },
    ]).value
    expect(filesOf(shareable(broken, { data: true, withoutPossible: false, catalogue }).project)).toEqual([])
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
