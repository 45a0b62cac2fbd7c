/**
 * The `canvas` section of the bench: the built app with 500 and 2,000 pipes against a page with nothing but React Flow
 * and the same number of plain nodes and edges at the same places, in real Chromium. Each opens with the whole graph in
 * view, which takes the most time to draw.
 */

import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { graphOf } from '../../app/canvas/flow/graph.ts'
import { pipeFacts } from '../../engine-worker/config/project/facts.ts'
import { functionTable } from '../../engine-worker/dtl/registry.ts'
import { printJson } from '../../engine-worker/entity/json.ts'
import { median } from '../../engine-worker/node/commands/bench/measure.ts'
import { Session } from '../../engine-worker/run/session.ts'
import { memoryStore } from '../../engine-worker/storage/memory.ts'
import { engineFiles, projectOf as readProject } from '../../engine-worker/text/project.ts'
import { type Browser, bundle, serveFiles, startChromium } from '../chromium.ts'
import { projectOf } from './canvas/project.ts'

const SIZES = [500, 2000]
const root = fileURLToPath(new URL('../..', import.meta.url))
const screen = { width: 1440, height: 900 }

/** Milliseconds until the canvas is drawn and reacts to input, and between frames in each gesture. */
interface Round {
  readonly ready: number
  readonly pan: number
  readonly zoom: number
  readonly near: number
  readonly drag: number
}

/** Ratios of speed, the geometric mean over both sizes; higher is better. */
export async function canvas(rounds = 3, sizes: readonly number[] = SIZES): Promise<Record<string, number>> {
  const app = await serveApp()
  const browser = await startChromium()
  try {
    const ratios: Record<keyof Round, number>[] = []
    for (const size of sizes) ratios.push(await compare(browser, app.url, size, rounds))
    const meanOver = (...of: (keyof Round)[]) => geometricMean(ratios.flatMap((ratio) => of.map((name) => ratio[name])))
    return {
      ready_vs_bare: meanOver('ready'),
      pan_vs_bare: meanOver('pan', 'zoom', 'near'),
      drag_vs_bare: meanOver('drag'),
    }
  } finally {
    await browser.close()
    app.close()
  }
}

async function compare(
  browser: Browser,
  app: string,
  size: number,
  rounds: number,
): Promise<Record<keyof Round, number>> {
  const components = projectOf(size)
  const project = await importProject(
    browser,
    app,
    components.map((each) => printJson(each)),
  )
  const bare = await serveBare(
    components.map((each) => printJson(each)),
    project.places,
  )
  const ours: Round[] = []
  const theirs: Round[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      theirs.push(await measure(browser, bare.url))
      ours.push(await measure(browser, project.url))
    }
  } finally {
    bare.close()
  }
  for (const [name, all] of Object.entries({ ours, bare: theirs })) {
    const words = roundKeys.map((key) => `${key} ${median(all.map((round) => round[key])).toFixed(1)}`).join(', ')
    console.warn(`${size} pipes, ${name}: ${words} ms`)
  }
  const ratio = (key: keyof Round) => median(ours.map((round, at) => (theirs[at]?.[key] ?? Number.NaN) / round[key]))
  return { ready: ratio('ready'), pan: ratio('pan'), zoom: ratio('zoom'), near: ratio('near'), drag: ratio('drag') }
}

const roundKeys = ['ready', 'pan', 'zoom', 'near', 'drag'] as const

/** Opens a new page and performs the gestures. */
async function measure(browser: Browser, url: string): Promise<Round> {
  const page = await browser.context.newPage()
  await page.setViewportSize(screen)
  // tsx marks functions with their names, also those that are sent to the page.
  await page.addInitScript('globalThis.__name = (it) => it')
  await page.goto(url, { waitUntil: 'commit' })
  const ready = await page.evaluate(waitUntilDrawn)
  // Work that follows the first picture does not count in the gestures.
  await page.waitForTimeout(2500)
  const pan = await frames(page, () => panning(page))
  const drag = await frames(page, () => draggingNode(page))
  const zoom = await frames(page, () => zooming(page, -1))
  const near = await frames(page, () => panning(page))
  await page.close()
  return { ready, pan, zoom, near, drag }
}

/** Milliseconds from the navigation until nodes are drawn and the page is ready for the next frame. */
function waitUntilDrawn(): Promise<number> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('nothing is drawn after a minute')), 60_000)
    const checkDrawn = () => {
      const nodes = document.querySelectorAll('.react-flow__node')
      const wires = document.querySelector('.react-flow__edge')
      if (nodes.length === 0 || !wires) requestAnimationFrame(checkDrawn)
      else requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    }
    checkDrawn()
  })
}

/** Mean milliseconds from frame to frame during a gesture. */
async function frames(page: Page, gesture: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const at: number[] = []
    const recordFrame = (time: number) => {
      at.push(time)
      if (at.length < 10_000) requestAnimationFrame(recordFrame)
    }
    requestAnimationFrame(recordFrame)
    Object.assign(globalThis, { framesAt: at })
  })
  await gesture()
  return page.evaluate(() => {
    const at: number[] = Reflect.get(globalThis, 'framesAt')
    const last = at.at(-1) ?? 0
    const mean = (last - (at[0] ?? 0)) / (at.length - 1)
    at.length = 10_000
    return mean
  })
}

const MOVE_COUNT = 40

/** Drags the canvas by its background, back and forth. */
async function panning(page: Page): Promise<void> {
  const start = await page.evaluate(() => {
    const box = document.querySelector('.react-flow__pane')?.getBoundingClientRect() ?? new DOMRect()
    for (let y = box.top + 60; y < box.bottom; y += 12)
      for (let x = box.left + 60; x < box.right; x += 12)
        if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y }
    throw new Error('there is no empty place on the canvas')
  })
  await moveFrom(page, start)
}

async function draggingNode(page: Page): Promise<void> {
  const start = await page.evaluate(() => {
    for (const node of document.querySelectorAll('.react-flow__node')) {
      const { x, y, width, height } = node.getBoundingClientRect()
      const middle = { x: x + width / 2, y: y + height / 2 }
      if (node.contains(document.elementFromPoint(middle.x, middle.y))) return middle
    }
    throw new Error('no node can be taken')
  })
  await moveFrom(page, start)
}

async function moveFrom(page: Page, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let move = 1; move <= MOVE_COUNT; move++) {
    const away = move <= MOVE_COUNT / 2 ? move : MOVE_COUNT - move
    await page.mouse.move(x + away * 9, y + away * 5)
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
}

async function zooming(page: Page, way: 1 | -1): Promise<void> {
  await page.mouse.move(screen.width / 2, screen.height / 2)
  await page.keyboard.down('Control')
  for (let move = 0; move < MOVE_COUNT; move++) {
    await page.mouse.wheel(0, way * 8)
    await page.waitForTimeout(16)
  }
  await page.keyboard.up('Control')
}

interface OpenedProject {
  readonly url: string
  readonly places: Readonly<Record<string, { readonly x: number; readonly y: number }>>
}

/** Brings a project into the app as a person would, and waits for its first layout. */
async function importProject(browser: Browser, app: string, components: readonly string[]): Promise<OpenedProject> {
  const page = await browser.context.newPage()
  await page.setViewportSize(screen)
  // Shows all pipes, not the groups with which a large project opens.
  await page.addInitScript(() => localStorage.setItem('pipewright.flow', '{"level":"pipes"}'))
  await page.goto(app)
  await page
    .getByRole('button', { name: /^Import/ })
    .first()
    .click()
  const buffer = Buffer.from(`[${components.join(',\n')}]`)
  await page.getByTestId('import-files').setInputFiles({ name: 'big.conf.json', mimeType: 'application/json', buffer })
  await page.waitForURL(/#\/p\/[^/]+\/flow$/)
  await page.locator('.react-flow__node').first().waitFor({ timeout: 180_000 })
  await page.getByText('Saved', { exact: true }).waitFor()
  const url = page.url()
  const id = /#\/p\/([^/]+)\//.exec(url)?.[1] ?? ''
  const places = await page.evaluate((id) => localStorage.getItem(`pipewright.places.${id}`) ?? '{}', id)
  await page.close()
  return { url, places: JSON.parse(places) }
}

/** The page to compare with: the same graph. */
async function serveBare(components: readonly string[], places: OpenedProject['places']) {
  const entries = components.map((content, at) => ({ path: `pipes/${at}.conf.json`, content }))
  const project = readProject(entries).value
  const environment = { now: () => 0n, random: () => 0, randomBytes: (length: number) => new Uint8Array(length) }
  const session = new Session({ store: memoryStore(environment), environment })
  session.open(engineFiles(project))
  const facts = session.pipes().map((pipe) => pipeFacts(pipe.effective, null, functionTable))
  const { nodes, edges } = graphOf(project, facts, { datasets: false, systems: false })
  const graph = {
    nodes: nodes.map(({ id, name }) => ({ id, position: places[id] ?? { x: 0, y: 0 }, data: { label: name } })),
    edges: edges.map(({ id, from, to }) => ({ id, source: from, target: to })),
  }
  const scripts = await bundle(fileURLToPath(new URL('./canvas/bare.tsx', import.meta.url)))
  const css = readFileSync(join(root, 'node_modules/@xyflow/react/dist/style.css'), 'utf8')
  const page = `<!doctype html><style>${css} html, body, #root { height: 100%; margin: 0 }</style><div id="root"></div>
<script>window.graph = ${JSON.stringify(graph).replaceAll('<', '\\u003c')}</script><script type="module" src="/bare.js"></script>`
  return serveFiles((path) => scripts.get(path === '/bare.js' ? '/worker.js' : path) ?? page)
}

/**
 * The app as it is shipped: built, and served under its policy. It is built in a process of its own, since this one has
 * loaded React for development, and the build renders the first screen with React for production.
 */
async function serveApp(): Promise<{ readonly url: string; readonly close: () => void }> {
  const outDir = mkdtempSync(join(tmpdir(), 'pipewright-app-'))
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
  })
  const server = spawn(process.execPath, [join(root, '.ci', 'serve.mjs'), outDir, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (data) => resolve(String(data).trim()))
    server.once('exit', () => reject(new Error('the app cannot be served')))
  })
  return {
    url,
    close: () => {
      server.kill()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}

function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
}
