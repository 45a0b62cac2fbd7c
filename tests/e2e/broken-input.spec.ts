/** Broken input: a located message, and the rest of the project stays usable. */
import { expect, type Page, test } from '@playwright/test'
import { runAll, watch } from './app.ts'

async function importFiles(page: Page, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByTestId('import-files').setInputFiles(
    Object.entries(files).map(([name, content]) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    })),
  )
}

const validPipe = JSON.stringify({
  _id: 'good',
  type: 'pipe',
  source: { type: 'embedded', entities: [{ _id: '1', name: 'Ada' }] },
})

test('invalid files are named with their place, and the good pipe runs', async ({ page }) => {
  const errors = watch(page)
  await importFiles(page, {
    'good.conf.json': validPipe,
    'broken.conf.json': '{\n  "_id": "broken",\n  "type": "pipe",\n  "source": {,}\n}',
    'list.conf.json': '[[1, 2], 3]',
    'nosource.conf.json': JSON.stringify({ _id: 'nosource', type: 'pipe' }),
    'unknown.conf.json': JSON.stringify({
      _id: 'unknown',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'good' },
      transform: { type: 'dtl', rules: { default: [['add', 'x', ['no-such-function', '_S.name']]] } },
    }),
    'proto.conf.json':
      '{"_id": "proto", "type": "pipe", "__proto__": {"polluted": true}, "source": {"type": "embedded", "entities": [{"_id": "1", "__proto__": 1, "constructor": "x"}]}}',
  })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('broken.conf.json')
  await expect(dialog).toContainText('4:14')
  await expect(dialog).toContainText('list.conf.json')
  await dialog.getByRole('button', { name: 'Open what can be used' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await expect(page.getByText('engine idle')).toBeVisible()

  await page.getByRole('link', { name: 'Deploy', exact: true }).click()
  const problems = page.getByRole('list', { name: 'Problems' })
  await expect(problems).toContainText('broken.conf.json')
  await expect(problems).toContainText('nosource')
  await expect(problems).toContainText('no-such-function')

  await runAll(page)
  const project = page.url().replace(/\/deploy$/, '')
  await page.goto(`${project}/data/good`)
  await expect(page.getByRole('grid')).toContainText('Ada')
  await page.goto(`${project}/data/proto`)
  await expect(page.getByRole('grid')).toContainText('constructor')
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  await page.goto(`${project}/runs`)
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('no-such-function')
  expect(errors).toEqual([])
})

test('a file of 200 MB is refused with its size, at once', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('[data-testid="import-files"]')
    if (!input) return
    const piece = new Uint8Array(20_000_000).fill(32)
    const transfer = new DataTransfer()
    transfer.items.add(
      new File(
        Array.from({ length: 10 }, () => piece),
        'huge.conf.json',
      ),
    )
    input.files = transfer.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await expect(page.getByRole('dialog')).toContainText('200')
  await expect(page.getByRole('dialog')).toContainText('huge.conf.json')
})

test('pasted text that is no JSON is refused with its place', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByRole('button', { name: /^Paste JSON/ }).click()
  await page.getByRole('textbox', { name: 'Paste JSON' }).fill('[{"_id": "a" "type": "pipe"}]')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('1:14')
  await page.getByRole('button', { name: 'Back' }).click()
  // The pasted text is still there and can be corrected.
  await expect(page.getByRole('textbox', { name: 'Paste JSON' })).toHaveValue('[{"_id": "a" "type": "pipe"}]')
  await page.getByRole('textbox', { name: 'Paste JSON' }).fill(`[${validPipe}]`)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page).toHaveURL(/\/flow$/)
})
