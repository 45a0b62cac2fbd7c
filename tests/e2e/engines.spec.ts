/** Several engines in the page: chosen in Operations, all of them used, and with the same datasets as one engine. */
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, openSample, settled, watch } from './app.ts'

declare global {
  var engineOfPage: Worker
}

/** Makes the page keep its engine's worker in a global. */
async function keepEngine(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { Worker } = globalThis
    globalThis.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options)
        this.addEventListener('message', ({ data }) => {
          // The engine is the worker that answers requests.
          if (typeof data === 'object' && data !== null && 'answer' in data) globalThis.engineOfPage = this
        })
      }
    }
  })
}

/** The answer of the engine to a question. */
async function askWorker(page: Page, ask: string, request: unknown): Promise<unknown> {
  const question = { id: -1 - Math.floor(Math.random() * 1e9), ask, request }
  return page.evaluate(
    (question) =>
      new Promise((resolve) => {
        const listen = ({ data }: MessageEvent) => {
          if (data.id !== question.id) return
          engineOfPage.removeEventListener('message', listen)
          resolve(data.answer ?? data.problem)
        }
        engineOfPage.addEventListener('message', listen)
        engineOfPage.postMessage(question)
      }),
    question,
  )
}

/** All versions in all datasets of the project in their order, without their times. */
async function logs(page: Page): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {}
  for (const { name } of (await askWorker(page, 'datasets', null)) as { name: string }[]) {
    if (name.startsWith('system:')) continue
    const request = { dataset: name, from: 0, count: 100_000, history: true, deleted: true }
    const { rows } = (await askWorker(page, 'rows', request)) as { rows: string[] }
    found[name] = rows.map((row) => row.replace(/"_ts":\d+,?/, ''))
  }
  return found
}

/** Runs a project from Operations with a number of engines; returns the result. */
async function runWith(page: Page, project: string, engines: number) {
  await settled(page)
  await page.goto(`${project}/operations`)
  await page.getByRole('combobox', { name: 'Number of engines' }).selectOption(String(engines))
  await page.getByRole('main').getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByRole('heading', { name: /^Run 1/ })).toBeVisible()
  await settled(page)
  await expect(page.getByRole('combobox', { name: 'Number of engines' })).toHaveValue(String(engines))
  const { run } = (await askWorker(page, 'operations', { run: null, back: 1 })) as {
    run: { engines: readonly number[] }
  }
  return { engines: run.engines, logs: await logs(page) }
}

test('a sample and a project of many entities have the same datasets with one engine and with two', async ({
  page,
}) => {
  const errors = watch(page)
  await keepEngine(page)
  await page.goto('./')
  test.skip((await page.evaluate(() => navigator.hardwareConcurrency)) < 2, 'this machine has one processor')

  const sample = await runWith(page, await openSample(page, 'Golden customer'), 1)
  expect(Object.keys(sample.logs).length).toBeGreaterThan(2)
  expect((await runWith(page, await openSample(page, 'Golden customer'), 2)).logs).toEqual(sample.logs)

  const one = await runWith(page, await importConfiguration(page, generated), 1)
  expect(one.engines).toEqual([])
  expect(one.logs.heavy).toHaveLength(8040)
  const two = await runWith(page, await importConfiguration(page, generated), 2)
  expect(two.logs).toEqual(one.logs)
  // The share of the second one depends on the machine.
  expect(two.engines).toHaveLength(2)
  await expect(page.getByText(/ of transforms, /)).toBeVisible()
  expect(errors).toEqual([])
})

const pipe = (_id: string, source: object, rules: object) => ({
  _id,
  type: 'pipe',
  source,
  transform: { type: 'dtl', rules },
})
const dataset = { type: 'dataset', dataset: 'many' }
const sumExpression = ['sum', ['map', ['*', '_.', '_.'], ['range', 0, 150]]]
const generated = [
  pipe(
    'many',
    { type: 'embedded', entities: Array.from({ length: 40 }, (_, at) => ({ _id: `g${at}` })) },
    {
      default: [['create', ['apply', 'each', ['range', 0, 200]]]],
      each: [
        ['add', '_id', ['concat', '_P._S._id', '-', ['string', '_S.']]],
        ['add', 'code', ['concat', 'c', ['string', ['%', '_S.', 50]]]],
      ],
    },
  ),
  pipe('heavy', dataset, {
    default: [
      ['copy', '*'],
      ['add', 'sum', sumExpression],
    ],
  }),
  pipe('joined', dataset, {
    default: [
      ['add', 'sum', sumExpression],
      [
        'add',
        'codes',
        ['count', ['hops', { datasets: ['many m'], where: [['eq', '_S.code', 'm.code']], return: 'm._id' }]],
      ],
    ],
  }),
]
