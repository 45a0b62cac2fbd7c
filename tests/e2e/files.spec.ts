/** Files with other character sets: CSV files of office programs, and endpoints that write them. */
import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { importConfiguration, runAll, settled, watch } from './app.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

test('CSV that is not UTF-8 is read as what it is, and the pipe says so to Sesam', async ({ page }) => {
  const errors = watch(page)
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add data files…' }).click()
  await (await chooser).setFiles([
    { name: 'kunder.csv', mimeType: 'text/csv', buffer: latin1('id;navn\r\n1;Bjørn Æsøy\r\n2;Åse Ødegård\r\n') },
  ])
  await expect(page.getByRole('combobox', { name: 'Character set' })).toHaveValue('windows-1252')
  await page.getByRole('button', { name: 'Add to the project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  await runAll(page)
  await page.goto(page.url().replace(/\/flow.*/, '/data/kunder'))
  await expect(page.getByRole('main')).toContainText('Bjørn Æsøy')
  await expect(page.getByRole('main')).toContainText('Åse Ødegård')
  await page.goto(page.url().replace('/data/kunder', '/pipe/kunder'))
  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('.cm-content')).toContainText('"encoding": "windows-1252"')
  expect(errors).toEqual([])
})

test('a CSV file whose rows no column tells apart asks for a key, and every row arrives', async ({ page }) => {
  const errors = watch(page)
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add data files…' }).click()
  const text = 'name,city\nAda,Oslo\nAda,Bergen\nGrace,Oslo\nGrace,Oslo\n'
  await (await chooser).setFiles([{ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }])
  const card = page.getByRole('article', { name: 'people.csv' })
  await expect(card).toContainText('no column is unique')
  await expect(card.getByRole('combobox', { name: 'Id of each row' })).toHaveValue('add:row')
  await card.getByRole('combobox', { name: 'Id of each row' }).selectOption('name')
  await expect(card).toContainText('2 different in 4 rows: the last of each is kept')
  await page.getByRole('button', { name: 'Add to the project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  const flow = page.url()
  const dialog = page.getByRole('dialog', { name: 'Primary key of people' })
  await page.goto(flow.replace(/\/flow.*/, '/pipe/people'))
  const source = page.getByRole('region', { name: 'source: CSV file' })
  await expect(source).toContainText('2 of 4 rows have the same name as a later row')
  await source.getByRole('button', { name: 'Choose a key…' }).click()
  await dialog.getByRole('radio', { name: /^Add the number of the row/ }).check()
  await dialog.getByRole('button', { name: 'Use this key' }).click()
  await expect(source).not.toContainText('later row')
  await page.goto(flow)
  await runAll(page)
  await page.goto(flow.replace(/\/flow.*/, '/data/people'))
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(5)
  expect(errors).toEqual([])
})

test('RDF files become pipes that read them, whichever way they are written', async ({ page }) => {
  const turtle = '@prefix s: <http://schema.org/> .\n<http://x/ada> s:name "Ada" .\n'
  const xml = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/"><rdf:Description rdf:about="http://x/bo"><s:name>Bo</s:name></rdf:Description></rdf:RDF>`
  await page.goto('./')
  await page.getByRole('button', { name: 'New project' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add data files…' }).click()
  await (await chooser).setFiles([
    { name: 'people.ttl', mimeType: 'text/turtle', buffer: Buffer.from(turtle) },
    { name: 'others.rdf', mimeType: 'application/rdf+xml', buffer: Buffer.from(xml) },
  ])
  await page.getByRole('button', { name: 'Add to the project' }).click()
  await expect(page).toHaveURL(/\/flow$/)
  await settled(page)
  await page.goto(page.url().replace(/\/flow.*/, '/data/people'))
  await expect(page.getByRole('main')).toContainText('Ada')
  await page.goto(page.url().replace('/data/people', '/data/others'))
  await expect(page.getByRole('main')).toContainText('Bo')
  await page.goto(page.url().replace('/data/others', '/flow'))
  await page.getByRole('button', { name: 'Undo: Add people, others' }).click()
  await expect(page.getByRole('button', { name: 'Add data files…' })).toBeVisible()
})

test('what an endpoint publishes is there after a run, and is saved in its character set', async ({ page }) => {
  const pipe = {
    _id: 'liste',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1', navn: 'Åse ę' }] },
    sink: { type: 'csv_endpoint', columns: ['_id', 'navn'], encoding: 'latin-1', filename: 'liste.csv' },
  }
  await importConfiguration(page, pipe)
  await runAll(page)
  await page.goto(page.url().replace(/\/flow.*/, `/data/${encodeURIComponent('system:output:liste')}/000000001`))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('liste.csv')
  expect(await readFile(await file.path())).toEqual(latin1('_id,navn\r\n1,Åse \\u0119\r\n'))
})
