/**
 * Chromium for code that runs in a worker without the app: tests of the store, and benchmarks. The profile is a persistent
 * one, because IndexedDB is something else in a private one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium } from '@playwright/test'
import { build } from 'vite'

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']
const BARE = ['--no-sandbox', '--disable-gpu', '--no-first-run']

/** Where Chromium is, when it is not the one that Playwright installs. */
export const executablePath = process.env.PLAYWRIGHT_CHROMIUM ?? systemChromium()

function systemChromium(): string | undefined {
  return process.getBuiltinModule('node:fs').existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined
}

/** A page's origin with one worker script, in a browser of its own. */
export interface Harness {
  readonly url: string
  readonly context: BrowserContext
  /** Ends the browser and starts it again on the same profile. */
  restart(): Promise<BrowserContext>
  close(): Promise<void>
}

/** Bundles a worker, serves it as `/worker.js` beside an empty page, and starts Chromium. */
export async function startHarness(worker: URL): Promise<Harness> {
  const script = await bundle(fileURLToPath(worker))
  const server = createServer((request, response) => {
    const isScript = request.url === '/worker.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><title>store</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const profile = mkdtempSync(join(tmpdir(), 'pipewright-profile-'))
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      headless: true,
      args: [...BARE, ...QUIET],
      ...(executablePath ? { executablePath } : {}),
    })
  let context = await launch()
  return {
    url: `http://127.0.0.1:${port}/`,
    get context() {
      return context
    },
    async restart() {
      await context.close()
      context = await launch()
      return context
    },
    async close() {
      await context.close()
      server.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'worker' } },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []))
  const chunk = outputs.find((output) => output.type === 'chunk')
  if (chunk?.type !== 'chunk') throw new Error(`${entry} could not be bundled`)
  return chunk.code
}
