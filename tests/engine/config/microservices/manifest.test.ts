/** Manifests of microservices: what they add to kinds, problems of manifests and of their users, hostile manifests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { describedKind, systemKind } from '../../../../engine-worker/config/microservices/describe.ts'
import { imagePattern, imageRepository } from '../../../../engine-worker/config/microservices/image.ts'
import { type Microservice, microserviceShape } from '../../../../engine-worker/config/microservices/manifest.ts'
import { readingPipe, runningSystem } from '../../../../engine-worker/config/microservices/pipes.ts'
import { microservicesIn, readMicroservice } from '../../../../engine-worker/config/microservices/read.ts'
import { declaredKind } from '../../../../engine-worker/config/model/declared.ts'
import type { KindDeclaration } from '../../../../engine-worker/config/model/define.ts'
import { iconFault } from '../../../../engine-worker/config/model/icons.ts'
import { loadProject } from '../../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../../engine-worker/connectors/check.ts'
import '../../../../engine-worker/connectors/kinds.ts'
import { formatPart } from '../../../../engine-worker/text/format.ts'

const weatherManifest = {
  title: 'Weather',
  description: 'Forecasts by place.',
  documentation: 'https://weather.example/manual',
  icon: 'cloud',
  docker: { image: 'acme/weather:1.2', port: 5000, memory: 256 },
  environment: {
    API_KEY: { title: 'API key', secret: true, required: true },
    UNITS: { choices: ['metric', 'imperial'], default: 'metric' },
    DAYS: { type: 'integer', default: 3 },
  },
  paths: {
    forecasts: { title: 'Forecasts', uses: ['read'], entity: 'forecast', since: true },
    enrich: { uses: ['transform'], entity: 'forecast' },
    alerts: { uses: ['write'], entity: 'forecast' },
  },
  entities: {
    forecast: {
      type: 'object',
      required: ['_id', 'place'],
      properties: { _id: { type: 'string' }, place: { type: 'string' } },
      examples: [{ _id: 'oslo', place: 'Oslo' }],
    },
  },
} as const

const file = 'microservices/weather/microservice.json'
const system = (more: object = {}, docker: object = {}) => ({
  _id: 'weather',
  type: 'system:microservice',
  docker: { image: 'acme/weather:2.0', port: 5000, environment: { API_KEY: '$SECRET(api_key)' }, ...docker },
  ...more,
})

function service(): Microservice {
  const { manifest } = readMicroservice(JSON.stringify(weatherManifest), file)
  if (manifest === null) throw new Error('the manifest is not read')
  return { name: 'weather', file, manifest }
}

function kindOf(role: KindDeclaration['role'], type: string): KindDeclaration {
  const kind = declaredKind(role, type)
  if (kind === undefined) throw new Error(`no kind ${type}`)
  return kind
}

/** The codes and places of the problems of a project with one system and one pipe. */
function problemsOf(
  config: object,
  pipe: object = {},
  manifest: unknown = weatherManifest,
): readonly (readonly [string, string])[] {
  const files = {
    'systems/weather.conf.json': JSON.stringify(config),
    'pipes/p.conf.json': JSON.stringify({ _id: 'p', type: 'pipe', source: { type: 'empty' }, ...pipe }),
    [file]: JSON.stringify(manifest),
  }
  return checkProject(loadProject(files)).map(({ code, where }) => [code, (where.path ?? []).join('.')])
}

describe('a manifest', () => {
  it('that is right has no problems, and describes the systems that run any version of its image', () => {
    expect(readMicroservice(JSON.stringify(weatherManifest), file).problems).toEqual([])
    expect(problemsOf(system())).toEqual([])
    const kind = describedKind(kindOf('system', 'system:microservice'), system(), [service()], () => null)
    expect(kind).toMatchObject({ label: 'Weather', icon: 'cloud', doc: 'https://weather.example/manual' })
    const docker = kind.fields.find(({ name }) => name === 'docker')?.type
    const fields = docker?.is === 'object' ? docker.fields : []
    expect(fields.find(({ name }) => name === 'memory')?.default).toBe(256)
    const environment = fields.find(({ name }) => name === 'environment')?.type
    expect(environment).toMatchObject({
      is: 'object',
      fields: [
        { name: 'API_KEY', type: { is: 'secret' }, required: true },
        { name: 'UNITS', type: { is: 'choice', of: ['metric', 'imperial'] }, default: 'metric' },
        { name: 'DAYS', type: { is: 'integer' }, default: 3 },
      ],
    })
  })

  it('gives parts of pipes the paths of their use', () => {
    const paths = (role: KindDeclaration['role'], type: string) => {
      const kind = describedKind(kindOf(role, type), { system: 'w' }, [service()], () => service())
      const url = kind.fields.find(({ name }) => name === 'url')?.type
      return url?.is === 'text' ? url.suggestions?.map(({ value }) => value) : undefined
    }
    expect(paths('source', 'json')).toEqual(['forecasts'])
    expect(paths('transform', 'http')).toEqual(['enrich'])
    expect(paths('sink', 'json')).toEqual(['alerts'])
  })

  it('makes a system with its secrets by name and a pipe with examples, which together are without problems', () => {
    const kind = systemKind(kindOf('system', 'system:microservice'), service())
    const texts = { API_KEY: 'hush', DAYS: '5' }
    const made = runningSystem('weather', kind.template, service(), { texts, quotas: { memory: 512 } })
    expect(made.secrets).toEqual({ api_key: 'hush' })
    expect(made.config).toEqual({
      _id: 'weather',
      type: 'system:microservice',
      docker: {
        image: 'acme/weather:1.2',
        port: 5000,
        memory: 512,
        environment: { API_KEY: '$SECRET(api_key)', DAYS: 5 },
      },
    })
    const pipe = readingPipe('weather', 'forecasts', service())
    expect(pipe.config).toMatchObject({
      _id: 'weather-forecasts',
      source: { type: 'json', system: 'weather', url: 'forecasts', supports_since: true },
    })
    expect(pipe.examples).toEqual([{ _id: 'oslo', place: 'Oslo' }])
    const { source } = pipe.config
    expect(problemsOf(system(), { source })).toEqual([])
  })

  it.each([
    ['a port that is none', { docker: { image: 'a/b:1', port: 70000 } }, 'model-wrong-kind', 'docker.port'],
    ['no port', { docker: { image: 'a/b:1' } }, 'model-part-missing', 'docker'],
    ['an image with blanks', { docker: { image: 'a b', port: 1 } }, 'model-wrong-kind', 'docker.image'],
    ['an image with capitals', { docker: { image: 'Acme/Weather', port: 1 } }, 'model-wrong-kind', 'docker.image'],
    [
      'an unknown docker key',
      { docker: { image: 'a/b', port: 1, volumes: [] } },
      'model-part-unknown',
      'docker.volumes',
    ],
    ['a key of prototypes', JSON.parse('{"__proto__": {"x": 1}}'), 'model-part-unknown', '__proto__'],
    [
      'an entity without _id',
      { entities: { forecast: { type: 'object' } } },
      'microservice-entity-without-id',
      'entities.forecast',
    ],
    [
      'an entity that is not there',
      { paths: { a: { uses: ['read'], entity: 'forcast' } } },
      'microservice-unknown-entity',
      'paths.a.entity',
    ],
    [
      'an example without its place',
      { entities: { forecast: { ...weatherManifest.entities.forecast, examples: [{ _id: '1' }] } } },
      'microservice-example',
      'entities.forecast.examples.0',
    ],
    [
      'a password in clear text',
      { environment: { API_KEY: { secret: true, default: 'hunter2' } } },
      'microservice-secret-default',
      'environment.API_KEY.default',
    ],
    [
      'a path to another host',
      { paths: { 'https://evil.example/x': { uses: ['read'] } } },
      'microservice-path',
      'paths.https://evil.example/x',
    ],
    ['a path upwards', { paths: { '../admin': { uses: ['read'] } } }, 'microservice-path', 'paths.../admin'],
    ['a use that there is not', { paths: { a: { uses: ['delete'] } } }, 'model-wrong-kind', 'paths.a.uses.0'],
    ['documentation that runs', { documentation: 'javascript:alert(1)' }, 'model-wrong-kind', 'documentation'],
    ['a picture from elsewhere', { icon: 'https://evil.example/x.svg' }, 'microservice-manifest', 'icon'],
  ])('with %s is a problem at its place', (_, change, code, place) => {
    const { problems } = readMicroservice(JSON.stringify({ ...weatherManifest, ...change }), file)
    const found = problems.map(({ code: each, where }) => [each, (where.path ?? []).join('.'), where.file])
    expect(found).toContainEqual([code, place, file])
  })

  it('of 100 MB, with ten thousand paths, nested without an end or no JSON is refused, and the project is still checked', () => {
    const codes = (text: string) => readMicroservice(text, file).problems.map(({ code }) => code)
    expect(codes(`{"title": "${'x'.repeat(2_000_000)}"}`)).toEqual(['microservice-manifest'])
    const paths = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`p${at}`, { uses: ['read'] }]))
    expect(codes(JSON.stringify({ ...weatherManifest, paths }))).toEqual(['microservice-manifest'])
    expect(codes('['.repeat(100_000))).toHaveLength(1)
    expect(codes('{"title": ')).toHaveLength(1)
    expect(codes('null')).toEqual(['model-wrong-kind'])
    expect(problemsOf(system(), {}, null)).toEqual([['model-wrong-kind', '']])
  })

  it('of an image that another one describes is a warning', () => {
    const text = JSON.stringify(weatherManifest)
    const { microservices, problems } = microservicesIn({ [file]: text, 'microservices/z/microservice.json': text })
    expect(microservices.map(({ name }) => name)).toEqual(['weather'])
    expect(problems.map(({ code }) => code)).toEqual(['microservice-image-twice'])
  })
})

describe('a system that runs a microservice', () => {
  it.each([
    ['a port out of range', {}, { port: 0 }, 'number-out-of-range', 'docker.port'],
    ['an image that is none', {}, { image: 'acme/we ather' }, 'broken-image-name', 'docker.image'],
    ['an unknown docker key', {}, { volumes: [] }, 'unknown-key', 'docker.volumes'],
    ['a name that is no host', { _id: 'Weather Service' }, {}, 'broken-host-name', '_id'],
    ['a name of 64 signs', { _id: 'a'.repeat(64) }, {}, 'broken-host-name', '_id'],
    [
      'the password of the registry in clear text',
      {},
      { password: 'hunter2' },
      'secret-in-clear-text',
      'docker.password',
    ],
    ['its password in clear text', { password: 'hunter2' }, {}, 'secret-in-clear-text', 'password'],
    [
      'a secret of the manifest in clear text',
      {},
      { environment: { API_KEY: 'hunter2' } },
      'secret-in-clear-text',
      'docker.environment.API_KEY',
    ],
    [
      'a secret that only its name tells',
      {},
      { image: 'other/image:1', environment: { DB_PASSWORD: 'hunter2' } },
      'secret-in-clear-text',
      'docker.environment.DB_PASSWORD',
    ],
    ['a variable that is missing', {}, { environment: {} }, 'missing-property', 'docker.environment'],
    [
      'a variable that is not there',
      {},
      { environment: { API_KEY: '$SECRET(a)', UNIT: 'x' } },
      'unknown-key',
      'docker.environment.UNIT',
    ],
    [
      'a choice that there is not',
      {},
      { environment: { API_KEY: '$SECRET(a)', UNITS: 'miles' } },
      'unknown-choice',
      'docker.environment.UNITS',
    ],
  ])('with %s is a problem at its place', (_, more, docker, code, place) => {
    expect(problemsOf(system(more, docker))).toContainEqual([code, place])
  })

  it('is asked for paths that it has, for what they are for', () => {
    const source = (url: string) => ({ source: { type: 'json', system: 'weather', url } })
    expect(problemsOf(system(), source('/forecasts?place=oslo'))).toEqual([])
    expect(problemsOf(system(), source('forcasts'))).toEqual([['microservice-unknown-path', 'source.url']])
    expect(problemsOf(system(), source('alerts'))).toEqual([['microservice-path-use', 'source.url']])
    const sink = { sink: { type: 'json', system: 'weather', url: 'forecasts' } }
    expect(problemsOf(system(), sink)).toEqual([['microservice-path-use', 'sink.url']])
  })
})

test('names of images', () => {
  const right = [
    'a',
    'acme/weather',
    'quay.io/some/image:1.2.3',
    'localhost:5000/x:latest',
    `a@sha256:${'0'.repeat(64)}`,
  ]
  expect(right.filter((name) => !imagePattern.test(name))).toEqual([])
  const wrong = [
    '',
    'A/b',
    'a b',
    'a:',
    '/a',
    'a/',
    'a:b:c',
    'https://a/b',
    'a@sha256:1',
    'a/$(x)',
    'a'.repeat(300),
    `${'a-'.repeat(200_000)}!`,
  ]
  expect(wrong.filter((name) => imagePattern.test(name))).toEqual([])
  expect(imageRepository('localhost:5000/x:latest')).toBe('localhost:5000/x')
  expect(imageRepository('docker.io/library/redis@sha256:0')).toBe('redis')
})

test('pictures draw and do nothing else', () => {
  const svg = (inside: string, head = '') =>
    `data:image/svg+xml;base64,${btoa(`${head}<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)}`
  expect(iconFault(svg('<path d="M0 0h9v9z" fill="url(#a)"/>'))).toBeNull()
  expect(iconFault(`data:image/png;base64,${btoa('\x89PNG\r\n\x1a\n')}`)).toBeNull()
  const hostile = [
    svg('<script>alert(1)</script>'),
    svg('<foreignObject/>'),
    svg('<image href="https://evil.example/x"/>'),
    svg('<path onload="x()"/>'),
    svg('<use href="#a"/>'),
    svg('<path fill="url(https://evil.example/x)"/>'),
    svg('<style>@import "x"</style>'),
    svg('', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    'data:text/html;base64,PGI+',
    `data:image/png;base64,${btoa('<svg/>')}`,
    `data:image/svg+xml,<svg onload=alert(1)>`,
    `data:image/png;base64,${'A'.repeat(100_000)}`,
    '__proto__',
    '<b>',
  ]
  expect(hostile.filter((icon) => iconFault(icon) === null)).toEqual([])
})

test('the published schema is that of the declaration', () => {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...microserviceShape.schema }
  const path = join(import.meta.dirname, '../../../../public/microservice.schema.json')
  expect(readFileSync(path, 'utf8')).toBe(`${formatPart(schema)}\n`)
})
