/**
 * A microservice is imported by its manifest, previewed, becomes a system and a pipe, and is updated to a newer
 * version.
 */
import { expect, test } from '@playwright/test'
import { importConfiguration, settled, watch } from './app.ts'

const manifest = {
  title: 'Weather',
  description: 'Forecasts by place.',
  documentation: 'https://weather.example/manual',
  icon: 'cloud',
  docker: { image: 'acme/weather:1.2', port: 5000, memory: 256 },
  environment: {
    API_KEY: { title: 'API key', secret: true, required: true },
    UNITS: { choices: ['metric', 'imperial'], default: 'metric' },
  },
  paths: {
    forecasts: { title: 'Forecasts', uses: ['read'], entity: 'forecast', since: true },
    enrich: { uses: ['transform'], entity: 'forecast' },
  },
  entities: {
    forecast: {
      type: 'object',
      required: ['_id', 'place'],
      properties: { _id: { type: 'string' }, place: { type: 'string' } },
      examples: [{ _id: 'oslo', place: 'Oslo' }],
    },
  },
}

test('a microservice becomes a system with a form of its own and a pipe, and takes a newer version', async ({
  page,
}) => {
  const errors = watch(page)
  const address = await importConfiguration(page, [{ _id: 'own', type: 'pipe', source: { type: 'empty' } }])
  await settled(page)
  await page.getByRole('link', { name: 'Systems' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a system' })).toBeVisible()
  const file = (json: object) => ({
    name: 'microservice.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(json)),
  })
  await page.getByTestId('connector-file').setInputFiles([file(manifest)])
  await expect(page.getByRole('heading', { name: 'Weather', exact: true })).toBeVisible()
  await page.getByLabel('Name in this project').fill('weather')
  await page.getByRole('checkbox', { name: 'forecasts' }).check()
  await page.getByLabel('API key').fill('very secret')
  await page.getByLabel('UNITS').selectOption('imperial')
  await expect(page.getByText('"url": "forecasts"')).toBeVisible()
  await page.getByRole('button', { name: 'Add 1 system and 1 pipe' }).click()
  await settled(page)

  await expect(page).toHaveURL(/\/flow$/)
  await page.getByRole('group', { name: /^weather-forecasts/ }).click()
  await page.goto(`${address}/connect`)
  const mine = page.getByRole('region', { name: 'In this project' })
  await mine.getByRole('button', { name: /^weather/ }).click()
  // The form of the system has the name, variables and documentation of the microservice.
  await expect(page.getByRole('heading', { name: 'Weather', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Documentation', exact: true })).toHaveAttribute(
    'href',
    manifest.documentation,
  )
  await expect(page.getByRole('combobox', { name: 'UNITS' })).toHaveValue('imperial')
  await expect(page.getByRole('textbox', { name: 'API_KEY' })).toHaveValue('$SECRET(api_key)')

  await page.goto(`${address}/connect/microservice:weather`)
  await expect(page.getByText('Runs as weather.')).toBeVisible()
  await page.getByTestId('connector-file').setInputFiles([file({ ...manifest, title: 'Weather 2' })])
  await page.getByRole('button', { name: 'Take this version' }).click()
  await settled(page)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Weather 2' })).toBeVisible()

  // The problems of a manifest are shown in the dialog that opened it.
  await page.goto(`${address}/connect`)
  await page
    .getByTestId('connector-file')
    .setInputFiles([file({ ...manifest, docker: { image: 'a b', port: 99_999 } })])
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems).toContainText('docker.port must be a whole number from 1 to 65535')
  await expect(problems).toContainText('docker.image must be the name of a Docker image')
  expect(errors).toEqual([])
})
