// @vitest-environment happy-dom
/**
 * Data that components fetch: the last answer stays shown, late answers are dropped, and requests for earlier keys are
 * aborted.
 */
import { act, createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useQuery } from '../../../app/store/use-query.ts'

interface Request {
  readonly key: unknown
  readonly signal: AbortSignal
  readonly resolve: (value: string) => void
  readonly reject: (error: unknown) => void
}

let root: Root
let requests: Request[]
let queryResult: ReturnType<typeof useQuery<string>>
const failures: string[] = []

function Component({ of, about, delay }: { of: unknown; about?: unknown; delay?: number }) {
  const fetchAnswer = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => requests.push({ key: of, signal, resolve, reject }))
  const onFailure = (text: string) => failures.push(text)
  queryResult = useQuery(of, fetchAnswer, { about, onFailure, ...(delay === undefined ? {} : { delay }) })
  return null
}

const render = (props: Parameters<typeof Component>[0]) => act(async () => root.render(createElement(Component, props)))
const answer = (at: number, value: string) => act(async () => requests[at]?.resolve(value))

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  requests = []
  failures.length = 0
  root = createRoot(document.createElement('div'))
})
afterEach(() => {
  act(() => root.unmount())
  vi.useRealTimers()
})

describe('a query', () => {
  it('keeps the last answer, marked as stale, until the next one is there', async () => {
    await render({ of: 'a' })
    expect(queryResult).toEqual({ value: null, failure: null, stale: true })
    await answer(0, 'of a')
    expect(queryResult).toEqual({ value: 'of a', failure: null, stale: false })
    await render({ of: 'b' })
    expect(queryResult).toEqual({ value: 'of a', failure: null, stale: true })
    await answer(1, 'of b')
    expect(queryResult).toEqual({ value: 'of b', failure: null, stale: false })
  })

  it('drops an answer that comes after the key has changed, and aborts its request', async () => {
    await render({ of: 'a' })
    await render({ of: 'b' })
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, false])
    await answer(1, 'of b')
    await answer(0, 'of a')
    expect(queryResult.value).toBe('of b')
  })

  it('asks nothing for null, and shows nothing then', async () => {
    await render({ of: 'a' })
    await answer(0, 'of a')
    await render({ of: null })
    expect(requests).toHaveLength(1)
    expect(queryResult).toMatchObject({ value: null, failure: null })
  })

  it('never shows an answer about something else', async () => {
    await render({ of: 'x1', about: 'x' })
    await answer(0, 'about x')
    await render({ of: 'y1', about: 'y' })
    expect(queryResult.value).toBeNull()
    await answer(1, 'about y')
    await render({ of: 'y2', about: 'y' })
    expect(queryResult).toEqual({ value: 'about y', failure: null, stale: true })
  })

  it('says why it failed beside the value from before, and only for the current key', async () => {
    await render({ of: 'a' })
    await answer(0, 'of a')
    await render({ of: 'b' })
    await render({ of: 'c' })
    await act(async () => requests[1]?.reject(new Error('late')))
    expect(failures).toEqual([])
    await act(async () => requests[2]?.reject(new Error('broken')))
    expect(queryResult).toEqual({ value: 'of a', failure: 'broken', stale: false })
    expect(failures).toEqual(['broken'])
  })

  it('waits until a key has stayed for the time of its delay', async () => {
    vi.useFakeTimers()
    await render({ of: 'a', delay: 100 })
    await act(async () => vi.advanceTimersByTime(99))
    await render({ of: 'ab', delay: 100 })
    await act(async () => vi.advanceTimersByTime(99))
    expect(requests).toEqual([])
    await act(async () => vi.advanceTimersByTime(1))
    expect(requests.map(({ key }) => key)).toEqual(['ab'])
  })

  it('aborts its request when the component goes', async () => {
    await render({ of: 'a' })
    await act(async () => root.render(null))
    expect(requests[0]?.signal.aborted).toBe(true)
  })
})
