/** The samples have no problems, run to the end, and give the documented result. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sampleProject, sampleProjects } from '../../app/store/project/new-projects.ts'
import { engineFiles } from '../../engine-worker/index.ts'
import { type TestEngine, testEngine } from '../support/engine.ts'
import { memoryPlatform } from '../support/platform.ts'

async function openSample(sample: string): Promise<TestEngine> {
  const text = readFileSync(new URL(`../../public/examples/${sample}.json`, import.meta.url), 'utf8')
  const engine = testEngine(memoryPlatform())
  const { problems } = await engine.open({ project: sample, files: engineFiles(sampleProject(text)) })
  expect(problems.filter(({ severity }) => severity !== 'hint')).toEqual([])
  return engine
}

const latest = async (engine: TestEngine, dataset: string) =>
  (await engine.rows({ dataset, from: 0, count: 100 })).rows.map((row) => JSON.parse(row))

describe('samples', () => {
  for (const sample of sampleProjects) {
    it(`${sample} runs without problems, and a second run finds nothing to do`, async () => {
      const engine = await openSample(sample)
      const first = await engine.run({ run: '1' }, () => undefined)
      expect(first.state).toBe('done')
      expect(first.pipes.flatMap(({ problems }) => problems)).toEqual([])
      const second = await engine.run({ run: '2' }, () => undefined)
      expect(second.pipes.reduce((sum, { written }) => sum + written, 0)).toBe(0)
    })
  }

  it('merges customers to one golden record a person', async () => {
    const engine = await openSample('golden-customer')
    await engine.run({ run: '1' }, () => undefined)
    const customers = await latest(engine, 'global-customer')
    expect(customers).toHaveLength(8)
    expect(customers.find(({ _id }) => _id === 'crm-contact:c-100')).toMatchObject({
      'global-customer:name': 'Ada Lovelace',
      'global-customer:email': 'ada@example.org',
      'global-customer:segment': 'gold',
    })
  })

  it('passes its own tests', async () => {
    const { tests } = await (await openSample('golden-customer')).tests()
    expect(tests.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'crm-contact-update passed',
      'newsletter-subscriber passed',
    ])
  })

  it('joins, sums and splits in one composite pipe', async () => {
    const engine = await openSample('composite-pipe')
    await engine.run({ run: '1' }, () => undefined)
    const orders = await latest(engine, 'customer-order')
    expect(orders.map(({ _id, country_name }) => `${_id} ${country_name}`).sort()).toEqual([
      '501-o1 Norway',
      '501-o2 Norway',
      '501-o3 Norway',
      '503-o5 Denmark',
    ])
  })
})
