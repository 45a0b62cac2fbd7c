/**
 * Projects in Sesam's layout are imported without loss: unchanged files are exported byte for byte, and the projects
 * are shown and run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { unzipSync, zipSync } from 'fflate'
import { importConfiguration, runAll, settled, watch } from './app.ts'

/** The published projects beside the clone, where there are any, and a project of this repository. */
const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'projects')
const names = [
  'tutorial-intro',
  'tutorial-globals',
  'sesam-training-2019-02',
  'haakonbull-simple',
  'sesam-py-fair-weather',
  'sesam-py-embedded-conversion',
]

function filesBelow(folder: string, prefix = ''): [string, Uint8Array][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path, `${prefix}${entry.name}/`)
    return [[prefix + entry.name, new Uint8Array(readFileSync(path))] as [string, Uint8Array]]
  })
}

const ownEntries: [string, Uint8Array][] = [
  ['node-metadata.conf.json', text('\uFEFF{ "_id":"node",\r\n "type":"metadata" }')],
  [
    'pipes/Odd Name.conf.json',
    text(
      '{"_id":"odd","type":"pipe","x":1.0,"y":1e3,"z":12345678901234567890,"2":0,"1":0,"source":{"type":"embedded","entities":[{"_id":"1"}]}}',
    ),
  ],
  ['systems/deep/s.conf.json', text('{\n\t"_id": "s",\n\t"type": "system:url",\n\t"unknown": null\n}\n\n')],
  ['pipes/note.txt', text('kept as it is')],
  ['picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255])],
]

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

const projects: [string, [string, Uint8Array][]][] = [
  ['odd texts', ownEntries],
  ...(existsSync(shared)
    ? names.map((name): [string, [string, Uint8Array][]] => [name, filesBelow(join(shared, name))])
    : []),
]

for (const [name, files] of projects) {
  test(`${name} is imported, shown, run, and exported unchanged`, async ({ page }) => {
    const errors = watch(page)
    await page.goto('./')
    await page.getByRole('button', { name: 'Import…' }).click()
    await page
      .getByTestId('import-files')
      .setInputFiles([
        { name: `${name}.zip`, mimeType: 'application/zip', buffer: Buffer.from(zipSync(Object.fromEntries(files))) },
      ])
    const anyway = page.getByRole('button', { name: 'Open what can be used' })
    await expect(anyway.or(page.getByText('engine idle'))).toBeVisible()
    if (await anyway.isVisible()) await anyway.click()
    await expect(page.getByText('engine idle')).toBeVisible()
    await expect(page.getByText(/^\d+ pipes?/)).toBeVisible()
    await runAll(page)
    await page.keyboard.press('Control+Shift+e')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as zip' }).click()
    const zip = unzipSync(new Uint8Array(await readFile(await (await download).path())))
    expect(
      Object.keys(zip)
        .filter((path) => !path.endsWith('.pipewright.json'))
        .sort(),
    ).toEqual(files.map(([path]) => path).sort())
    for (const [path, content] of files)
      expect(Buffer.from(zip[path] ?? []).equals(Buffer.from(content)), path).toBe(true)
    expect(errors).toEqual([])
  })
}

test('the backup of a project that is not open has the data that was supplied for it', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, [
    { _id: 's', type: 'system:url', url_pattern: 'http://127.0.0.1:1/%s' },
    { _id: 'in', type: 'pipe', source: { type: 'json', system: 's', url: 'x' } },
  ])
  await page.goto(`${address}/pipe/in`)
  await settled(page)
  await page.getByRole('button', { name: 'Supply data…' }).click()
  const dialog = page.getByRole('dialog')
  const buffer = Buffer.from('[{"_id":"a","v":1.0}]')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer })
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog).toBeHidden()
  // Another project is open meanwhile.
  await importConfiguration(page, { _id: 'other', type: 'pipe', source: { type: 'embedded', entities: [] } })
  await settled(page)
  await page.goto(page.url().replace(/#.*$/, '#/'))
  await page
    .getByRole('button', { name: /^Actions/ })
    .last()
    .click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Back up as zip' }).click()
  const zip = unzipSync(new Uint8Array(await readFile(await (await download).path())))
  expect(Buffer.from(zip['testdata/in.json'] ?? []).toString()).toBe('[{"_id":"a","v":1.0}]')
  expect(errors).toEqual([])
})
