// npm run screenshots: the pictures of the README and the icons, made from the real app in real Chromium.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browser, install, local, root } from './tools.mjs'

await install()
const dist = mkdtempSync(join(tmpdir(), 'pipewright-'))
const built = await local('vite', ['build', '--logLevel', 'warn', '--outDir', dist, '--emptyOutDir'], { quiet: true })
if (built.code !== 0) throw new Error(built.said)
const { chromium } = await import('@playwright/test')
const { serve } = await import('./serve.mjs')
const { server, url } = await serve(dist, { port: 4390 })
const pictures = join(root, 'public', 'screenshots')
mkdirSync(pictures, { recursive: true })

const chrome = await chromium.launch({
  executablePath: await browser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})

/** One picture of a view of a sample that has been run. */
async function picture(name, { sample, view, scheme, before }) {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: scheme, locale: 'en-GB' })
  // Without the first-run tour.
  await page.addInitScript(() => {
    localStorage.setItem('pipewright.settings', '{"theme":"system","language":"en","welcomed":true}')
  })
  await page.goto(url)
  await page.getByRole('button', { name: new RegExp(`^${sample}`) }).click()
  await page.getByText('engine idle').waitFor()
  const address = page.url().replace(/\/flow$/, '')
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click()
  await page.waitForTimeout(1500)
  await page.getByText('engine idle').waitFor()
  await page.goto(`${address}/${view}`)
  await page.waitForTimeout(2000)
  await before?.(page)
  await page.waitForTimeout(500)
  await page.mouse.move(2, 2)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
  await page.close()
  console.log(name)
}

await picture('flow', {
  sample: 'Golden customer',
  view: 'flow',
  scheme: 'light',
  before: async (page) => {
    await page.locator('.react-flow__node').filter({ hasText: 'global-customer' }).first().click()
  },
})
await picture('pipe', {
  sample: 'A composite pipe',
  view: 'pipe/customer-order',
  scheme: 'dark',
  before: async (page) => {
    await page.getByRole('button', { name: /^Step 5/ }).first().click({ position: { x: 8, y: 12 } })
  },
})
await picture('data', {
  sample: 'Golden customer',
  view: 'data/global-customer/crm-contact%3Ac-100',
  scheme: 'light',
})

// The icons that operating systems want as bitmaps.
const icon = readFileSync(join(root, 'public', 'icons', 'icon.svg'), 'utf8')
for (const size of [192, 512]) {
  const page = await chrome.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${icon}`)
  writeFileSync(join(root, 'public', 'icons', `icon-${size}.png`), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await chrome.close()
server.close()
rmSync(dist, { recursive: true })
