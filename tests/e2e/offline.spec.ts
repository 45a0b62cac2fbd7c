/** After the first visit the app works without a network, from any sub-path, under its policy. */
import { expect, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

test('everything works offline after the first visit', async ({ page, context }) => {
  await page.goto('./')
  await expect(page.getByText('offline ready')).toBeVisible()
  await context.setOffline(true)
  const errors = watch(page)
  await page.reload()
  await openSample(page, 'A composite pipe')
  await runAll(page)
  for (const view of ['Data', 'Runs', 'Lineage', 'Tests', 'Deploy', 'Docs']) {
    await page.getByRole('link', { name: view, exact: true }).click()
    await expect(page.getByRole('main')).not.toBeEmpty()
  }
  // The status line shows whether there is a network. Not every Chromium reports this for a page that was loaded
  // offline.
  await context.setOffline(false)
  await expect(page.getByText('offline ready')).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('offline', { exact: true })).toBeVisible()
  expect(errors).toEqual([])
})

test('the policy forbids generated code and foreign scripts, in the page and in the worker', async ({
  page,
  request,
}) => {
  const response = await page.goto('./')
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/(?<!wasm-)unsafe-eval/)
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
    "script-src 'self'",
  )
  // In a timer: what Playwright evaluates itself is exempt from the policy.
  const outcome = await page.evaluate(
    () =>
      new Promise((resolve) =>
        setTimeout(() => {
          try {
            resolve(new Function('return 1')())
          } catch (error) {
            resolve(error instanceof Error ? error.name : String(error))
          }
        }),
      ),
  )
  expect(outcome).toBe('EvalError')
  expect((await request.get('./assets/../../../../etc/passwd')).status()).toBe(404)
})
