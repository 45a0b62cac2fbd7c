/** Browser tests: the built app, served as any static host would, in real Chromium. */
import { defineConfig } from '@playwright/test'
import { executablePath } from './chromium.ts'

const port = Number(process.env.E2E_PORT ?? 4273)
/** Another build and another folder for traces, for several test runs in one work tree. */
const dist = process.env.E2E_DIST ?? '../dist'
/** A sub-path, because the app must work from any. */
const base = '/some/where/'

export default defineConfig({
  testDir: './e2e',
  outputDir: process.env.E2E_RESULTS ?? '../test-results',
  fullyParallel: false,
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // Further tries on a busy machine. `npm test` prints how many stories needed one.
  retries: 2,
  use: {
    baseURL: `http://localhost:${port}${base}`,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    // The stories begin after the first-run tour, which has a story of its own, with the data dock of pipes open.
    storageState: {
      cookies: [],
      origins: [
        {
          origin: `http://localhost:${port}`,
          localStorage: [
            { name: 'pipewright.settings', value: '{"theme":"light","language":"en","welcomed":true}' },
            { name: 'pipewright.panels', value: '{"dockOpen":true}' },
          ],
        },
      ],
    },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node ../.ci/serve.mjs ${dist} ${port} ${base}`,
    url: `http://localhost:${port}${base}`,
    reuseExistingServer: false,
  },
})
