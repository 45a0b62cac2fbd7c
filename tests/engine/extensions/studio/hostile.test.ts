/** Hostile descriptions: the usable part is taken, what was left out is reported, and nothing is fetched. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expandConnector } from '../../../../engine-worker/extensions/expand.ts'
import { draftOf } from '../../../../engine-worker/extensions/studio/draft.ts'
import { connectorOfDraft } from '../../../../engine-worker/extensions/studio/make.ts'

const list = (schema: unknown) => ({
  get: { responses: { 200: { description: '', content: { 'application/json': { schema } } } } },
})
const servers = [{ url: 'https://x.example' }]
const described = (paths: unknown, more: object = {}) =>
  JSON.stringify({ openapi: '3.0.0', info: { title: 'X' }, servers, paths, ...more })
const codes = (text: string) => draftOf(text).problems.map(({ code }) => code)

describe('a hostile description', () => {
  const fetched: unknown[] = []
  const { fetch } = globalThis
  beforeEach(() => {
    globalThis.fetch = async (input) => {
      fetched.push(input)
      throw new Error('nothing may be fetched')
    }
  })
  afterEach(() => {
    globalThis.fetch = fetch
    expect(fetched).toEqual([])
  })

  it('with references to other files and servers is read without them', () => {
    const schema = { type: 'array', items: { $ref: 'https://evil.example/schema.json#/Pet' } }
    expect(codes(described({ '/pets': list(schema), '/other': { $ref: 'other.yaml' } }))).toEqual([
      'studio-reference-elsewhere',
    ])
  })

  it('with references in a circle ends', () => {
    const schemas = {
      A: { type: 'object', properties: { id: { type: 'integer' }, b: { $ref: '#/components/schemas/B' } } },
      B: { $ref: '#/components/schemas/C' },
      C: { $ref: '#/components/schemas/B' },
      Tree: {
        type: 'object',
        properties: { a: { $ref: '#/components/schemas/Tree' }, b: { $ref: '#/components/schemas/Tree' } },
      },
    }
    const paths = {
      '/a': list({ type: 'array', items: { $ref: '#/components/schemas/A' } }),
      '/tree': list({ type: 'array', items: { $ref: '#/components/schemas/Tree' } }),
      '/self': { $ref: '#/paths/~1self' },
    }
    expect(draftOf(described(paths, { components: { schemas } })).datatypes.map(({ name }) => name)).toContain('a')
  })

  it('with schemas that double at each level stops', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => {
        const next = { $ref: `#/components/schemas/S${at + 1}` }
        return [
          `S${at}`,
          { type: 'object', properties: Object.fromEntries(Array.from({ length: 50 }, (_, p) => [`p${p}`, next])) },
        ]
      }),
    )
    const text = described(
      { '/s': list({ type: 'array', items: { $ref: '#/components/schemas/S0' } }) },
      { components: { schemas } },
    )
    expect(draftOf(text).datatypes).toHaveLength(1)
  })

  it('with 100,000 paths is cut, and says so', () => {
    const paths = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, at) => [`/things${at}`, list({ type: 'array' })]),
    )
    const draft = draftOf(described(paths))
    expect(draft.problems).toMatchObject([{ code: 'studio-too-many', facts: { kept: 5000, all: 100_000 } }])
    expect(draft.datatypes.length).toBeLessThanOrEqual(400)
  })

  it('cannot have templates or secrets of the project carried out', () => {
    const hidden = {
      "/a/{{ secret('x') }}": list({ type: 'array' }),
      '/b/$SECRET(other)': list({ type: 'array' }),
      '/{{% for i in range(9999999) %}}': list({ type: 'array' }),
      '/c': { get: { parameters: [{ name: 'q', in: 'query', required: true, example: '$SECRET(other)' }] } },
      '/d': list({ type: 'array' }),
    }
    const draft = draftOf(described(hidden))
    expect(draft.problems.map(({ code }) => code)).toEqual(Array(4).fill('studio-template-signs'))
    const datatypes = draft.datatypes.map((each) => ({ ...each, isOn: true }))
    const made = JSON.stringify(connectorOfDraft({ ...draft, datatypes }))
    expect(made).not.toMatch(/other|secret\('x'\)|range/)
  })

  it('cannot send the key elsewhere than the described service', () => {
    const servers = [
      { url: "https://a.example/{{ secret('x') }}" },
      { url: 'javascript:alert(1)' },
      { url: 'https://user:pass@b.example' },
    ]
    expect(draftOf(described({ '/d': list({ type: 'array' }) }, { servers })).address).toBe('')
  })

  it('has no way to the prototypes of objects', () => {
    const text =
      '{"openapi": "3.0.0", "info": {"title": "X"}, "paths": {"/__proto__": {"get": {"responses": {"200": {"content": {"application/json": {"example": [{"__proto__": {"polluted": 1}, "constructor": "c", "id": 1}]}}}}}}, "/constructor": {"get": {}}}}'
    const draft = draftOf(text)
    const files = connectorOfDraft({ ...draft, datatypes: draft.datatypes.map((each) => ({ ...each, isOn: true })) })
    expect(Object.keys(expandConnector(files, { system: 'x', profile: 'test' }))).toContain(
      'pipes/x-proto-all.conf.json',
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('in YAML that repeats or contains itself is a problem', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`),
    ]
    expect(() => draftOf(`openapi: 3.0.0\n${bomb.join('\n')}`)).toThrow(/cannot be read/)
    expect(() => draftOf('openapi: 3.0.0\na: &a\n  b: *a')).toThrow(/cannot be read/)
    expect(() => draftOf(`openapi: 3.0.0\na: ${'['.repeat(100_000)}`)).toThrow(/cannot be read/)
  })
})
