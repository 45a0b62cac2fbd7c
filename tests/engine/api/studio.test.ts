/** The studio of connectors: a draft from an answer, the files that it makes, and a try of a datatype. */
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const answer = {
  items: [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Grace' },
  ],
}
const address = 'https://api.example.org/v1/customers'
const pasted = { text: JSON.stringify(answer), address }

function setUp(fetch: typeof globalThis.fetch | null = null) {
  const engine = testEngine({ ...memoryPlatform(), fetch })
  const tryLive = async (live: boolean) => {
    const draft = await engine.studioDraft(pasted)
    const datatype = draft.datatypes[0]?.name ?? ''
    return engine.studioTry({ draft, datatype, live, variables: {}, secrets: {} })
  }
  return { engine, tryLive }
}

describe('a draft', () => {
  it('comes from a pasted answer and its address', async () => {
    const draft = await setUp().engine.studioDraft(pasted)
    expect(draft.datatypes.map(({ key, isOn }) => [key, isOn])).toEqual([['id', true]])
    expect(draft.address).toBe('https://api.example.org/v1')
  })

  it('of what is no answer is a problem', async () => {
    await expect(setUp().engine.studioDraft({ text: '12', address })).rejects.toMatchObject({
      problem: { code: 'studio-answer-unreadable' },
    })
    await expect(setUp().engine.studioDraft({ text: '{"items": [', address })).rejects.toMatchObject({
      problem: { severity: 'error' },
    })
  })

  it('becomes the files of a connector without problems', async () => {
    const { engine } = setUp()
    const { files, facts } = await engine.studioFiles(await engine.studioDraft(pasted))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['manifest.json', 'templates/system.json']))
    expect(facts.problems).toEqual([])
    expect(facts.datatypes).toHaveLength(1)
  })
})

describe('a try', () => {
  it('reads the pasted answer, without a request to anybody', async () => {
    const { tryLive } = setUp(() => {
      throw new Error('asked')
    })
    const { entities, count, requests, problems } = await tryLive(false)
    expect(problems).toEqual([])
    expect(count).toBe(2)
    expect(entities.map((text) => JSON.parse(text)._id)).toEqual(expect.arrayContaining(['1', '2']))
    expect(requests).toEqual([])
  })

  it('asks the service where it is wanted, at most five times', async () => {
    const asked: string[] = []
    const { tryLive } = setUp(async (input) => {
      asked.push(String(input instanceof Request ? input.url : input))
      return Response.json({ items: [{ id: asked.length, name: 'New' }] })
    })
    const { count, requests, problems } = await tryLive(true)
    expect(problems).toEqual([])
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThanOrEqual(5)
    expect(asked.every((url) => url.startsWith(address))).toBe(true)
    expect(count).toBeGreaterThan(0)
    expect(requests[0]).toMatchObject({ method: 'GET', status: 200 })
  })

  it('says what the service answers where it refuses', async () => {
    const { tryLive } = setUp(async () => new Response('no', { status: 401 }))
    const { count, problems } = await tryLive(true)
    expect(count).toBe(0)
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
  })
})
