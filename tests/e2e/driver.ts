/** Drives a worker of a harness from a test: one call after the other, and killing it in the middle of one. */
import { expect, type Page } from '@playwright/test'
import type { Harness } from '../chromium.ts'

type Answer = {
  result?: unknown
  problem?: { code: string; message: string; fix: string } | null
  error?: string | null
}
interface Driver {
  acknowledged: number
  call(call: string, ...args: unknown[]): Promise<Answer>
  kill(): void
}
declare global {
  var driver: Driver
}

/** A page with a fresh worker. */
export async function openDriver(harness: Harness): Promise<Page> {
  const page = await harness.context.newPage()
  await page.goto(harness.url)
  await restartWorker(page)
  return page
}

/** It does not end the previous worker, which must have been killed. */
export async function restartWorker(page: Page): Promise<void> {
  await page.evaluate(() => {
    const worker = new Worker('/worker.js', { type: 'module' })
    const waiting = new Map<number, (answer: Answer) => void>()
    let id = 0
    const driver: Driver = {
      acknowledged: 0,
      call: (call, ...args) =>
        new Promise((resolve) => {
          waiting.set(++id, resolve)
          worker.postMessage({ id, call, args })
        }),
      kill: () => worker.terminate(),
    }
    worker.onmessage = ({ data }) => {
      if (data.acknowledged) driver.acknowledged = data.acknowledged
      else waiting.get(data.id)?.(data)
    }
    globalThis.driver = driver
  })
}

/** The result of a call; its problem or error is thrown. */
export async function call(page: Page, name: string, ...args: unknown[]): Promise<unknown> {
  const answer = await page.evaluate(([name, args]) => driver.call(name, ...args), [name, args] as const)
  if (answer.problem || answer.error) throw new Error(answer.error ?? answer.problem?.code)
  return answer.result
}

/** The problem of a call; any other failure is thrown. */
export async function problemOf(page: Page, name: string, ...args: unknown[]) {
  const answer = await page.evaluate(([name, args]) => driver.call(name, ...args), [name, args] as const)
  expect(answer.error ?? null).toBeNull()
  return answer.problem
}
