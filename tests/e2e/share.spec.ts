/** A link carries a project from one browser to another, without its secrets and without a server. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { importConfiguration, openSample, runAll, watch } from './app.ts'

test('a project is shared by link, and opened from it in another browser', async ({ page, browser }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('share by link')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Share by link' })
  const bare = await dialog.getByLabel('Link').inputValue()
  await dialog.getByRole('checkbox', { name: /^With its data/ }).check()
  await expect(dialog.getByLabel('Link')).not.toHaveValue(bare)
  const whole = await dialog.getByLabel('Link').inputValue()
  expect(whole.length).toBeGreaterThan(bare.length)

  const other = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage()
  const otherErrors = watch(other)
  await other.goto(whole)
  await expect(other.getByRole('heading', { name: '“Golden customer” was shared with you' })).toBeVisible()
  for (const each of [page, other]) {
    const { violations } = await new AxeBuilder({ page: each }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  }
  await other.getByRole('button', { name: 'Open as a project' }).click()
  await expect(other).toHaveURL(/#\/p\/[^/]+\/flow$/)
  await runAll(other)
  await expect(other.getByRole('group', { name: /^newsletter-subscriber/ })).toBeVisible()

  await other.goto(`${whole.slice(0, whole.length - 60)}`)
  await expect(other.getByRole('heading', { name: 'This link cannot be read' })).toBeVisible()
  await other.context().close()
  expect([...errors, ...otherErrors]).toEqual([])
})

test('what may be secret is named before the link is made', async ({ page }) => {
  const errors = watch(page)
  const rules = {
    default: [
      ['add', 'api_key', 'perhaps-one'],
      ['copy', '*'],
    ],
  }
  const url = 'https://h.example/x?api_key=surely-one'
  await importConfiguration(page, [
    { _id: 's', type: 'system:url', url_pattern: url },
    { _id: 'p', type: 'pipe', source: { type: 'embedded', entities: [] }, transform: { type: 'dtl', rules } },
  ])
  const shareByLink = async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('share by link')
    await page.keyboard.press('Enter')
    return page.getByRole('dialog', { name: 'Share by link' })
  }
  let dialog = await shareByLink()
  await expect(dialog.getByRole('group', { name: '1 value may be secret:' })).toContainText('p · api_key')
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: 'Copy the link' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'They are not secrets' }).click()
  const whole = await dialog.getByLabel('Link', { exact: true }).inputValue()
  await expect(dialog).toContainText('s · api_key')
  await page.keyboard.press('Escape')
  dialog = await shareByLink()
  // After the choice the link with secrets is not shown in any frame.
  const seen = await dialog
    .getByRole('button', { name: 'Leave them out' })
    .evaluate(async (button: HTMLButtonElement) => {
      button.click()
      const links = new Set<string>()
      for (let frame = 0; frame < 120 && links.size === 0; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const link = document.querySelector<HTMLInputElement>('[role=dialog] input[readonly]')?.value
        if (link) links.add(link)
      }
      return [...links]
    })
  expect(seen).toHaveLength(1)
  expect(seen).not.toContain(whole)
  await expect(dialog).toContainText('p · api_key')
  expect(errors).toEqual([])
})
