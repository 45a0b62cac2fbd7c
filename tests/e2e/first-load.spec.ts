/** The first visit: what is painted before any code of the app runs, and how many bytes the first screen takes. */
import { expect, type Page, test } from '@playwright/test'
import { watch } from './app.ts'

// The service worker fetches the whole app in the background, which is not part of the first screen.
test.use({ serviceWorkers: 'block' })

/** Bytes that may cross the network, compressed. */
const beforePaint = 25_000
const firstScreen = 264_000

/** The compressed sizes of everything that a page fetches, by the name of the file. */
function sizes(page: Page): Map<string, number> {
  const found = new Map<string, number>()
  page.on('requestfinished', async (request) => {
    const name = new URL(request.url()).pathname.split('/').at(-1) || 'index.html'
    const { responseBodySize } = await request.sizes()
    found.set(name, responseBodySize)
  })
  return found
}

/** Delays the code of the app; returns a function that releases it. */
async function holdApp(page: Page): Promise<() => void> {
  let releaseRequest = () => {}
  const held = new Promise<void>((resolve) => {
    releaseRequest = resolve
  })
  await page.route(/assets\/start-.*\.js$/, async (route) => {
    await held
    await route.continue()
  })
  return () => releaseRequest()
}

const sumOf = (all: Iterable<number>) => [...all].reduce((total, each) => total + each, 0)

test('the first screen takes few bytes, and loads no canvas, no editor, no engine and no other language', async ({
  page,
}) => {
  const errors = watch(page)
  const loaded = sizes(page)
  await page.goto('./')
  await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const early = [...loaded].filter(([name]) => /^(index|boot)|\.svg$|\.webmanifest$/.test(name))
  expect(early.length).toBeGreaterThan(3)
  expect(sumOf(early.map(([, size]) => size))).toBeLessThan(beforePaint)
  expect(sumOf(loaded.values())).toBeLessThan(firstScreen)
  const others = [...loaded.keys()].filter((name) =>
    /^(FlowView|PipeView|Editor|nb|worker|elk|ImportWorker)/.test(name),
  )
  expect(others).toEqual([])
  expect(errors).toEqual([])
})

test('the frame and the title are painted without any code of the app, and nothing moves when it comes', async ({
  page,
}) => {
  const release = await holdApp(page)
  await page.goto('./')
  const title = page.getByText('Projects', { exact: true }).last()
  await expect(title).toBeVisible()
  await expect(page.getByText('Everything stays in this browser')).toBeVisible()
  // It cannot be used yet, so it is hidden from assistive technology.
  await expect(page.getByRole('button', { name: 'New project' })).toHaveCount(0)
  const before = await title.boundingBox()
  await page.evaluate(() => {
    const shifts = { sum: 0 }
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += Number(Reflect.get(entry, 'value'))
    }).observe({ type: 'layout-shift', buffered: true })
  })
  release()
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible()
  expect(await page.getByRole('heading', { name: 'Projects', exact: true }).boundingBox()).toEqual(before)
  expect(await page.evaluate(() => Number(Reflect.get(window, 'shifts').sum))).toBeLessThan(0.05)
})

test('another language and another address begin with the empty frame, in the chosen theme', async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem('pipewright.settings', '{"theme":"dark","language":"nb","welcomed":true}'),
  )
  await page.route(/assets\/start-.*\.js$/, (route) => route.abort())
  await page.goto('./')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByText('Everything stays in this browser')).toBeHidden()
})

test('keys pressed and files dropped before the app has come are not lost', async ({ page }) => {
  const errors = watch(page)
  const release = await holdApp(page)
  await page.goto('./')
  await expect(page.getByText('Everything stays in this browser')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark')
  release()
  await expect(page.getByRole('combobox', { name: /^Pipe, dataset/ })).toHaveValue('dark')
  await page.keyboard.press('Escape')
  expect(errors).toEqual([])
})

test('a file dropped before the app has come is read when it is there', async ({ page }) => {
  const release = await holdApp(page)
  await page.goto('./')
  await expect(page.getByText('Everything stays in this browser')).toBeVisible()
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['id;name\n1;Ada\n2;Grace\n'], 'people.csv'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  release()
  await expect(page.getByText('people.csv').first()).toBeVisible()
})
