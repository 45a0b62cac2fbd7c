/** Keyboard actions of a person. */
import { expect, type Page } from '@playwright/test'
import { pipe } from './project.ts'

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, name: RegExp, most = 80): Promise<void> {
  const isThere = async () => {
    const labels = await page
      .locator('button, a, input, [tabindex]')
      .evaluateAll((all) => all.map((element) => element.getAttribute('aria-label') ?? element.textContent ?? ''))
    return labels.some((each) => name.test(each))
  }
  await expect.poll(isThere).toBe(true)
  const seen: string[] = []
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element ? (element.getAttribute('aria-label') ?? element.textContent ?? '') : ''
    })
    if (name.test(focused)) return
    seen.push(focused.slice(0, 30))
  }
  throw new Error(`${name} cannot be reached with Tab, only ${seen.join(' | ')}`)
}

/** Runs a command or goes to a component by its name. */
export async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(text)
  await expect(page.getByRole('option').first()).toContainText(text)
  await page.keyboard.press('Enter')
}

/** Opens a picker with a key and takes the first result. */
export async function pick(page: Page, key: string, text: string): Promise<void> {
  await page.keyboard.press(key)
  await expect(page.locator('[role=combobox]')).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await expect(page.locator('[role=combobox]')).toHaveCount(0)
  await page.waitForTimeout(80)
}

export async function connectByKeys(page: Page, from: RegExp, tabs: number): Promise<void> {
  await tabTo(page, from)
  await page.keyboard.press('Space')
  await page.keyboard.press('c')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type(pipe)
  for (let count = 0; count < tabs; count++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
