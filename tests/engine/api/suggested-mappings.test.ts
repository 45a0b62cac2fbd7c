/** Suggested mappings of source properties to target properties: by names, values and formats, with counts. */
import { expect, test } from 'vitest'
import type { AnswerOf } from '../../../engine-worker/api/list.ts'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'

const kunder = [
  { _id: '1', Navn: 'Åse Bjørnstad', 'E-post': 'ASE@x.no', Telefon: '41223344', Kredittgrense: '12 500,50' },
  { _id: '2', Navn: 'Ola Nordmann', 'E-post': 'ola@x.no', Telefon: '99887766', Kredittgrense: '8 000,00' },
  { _id: '3', Navn: 'Kåre Sørlie', 'E-post': 'kare@y.no', Kredittgrense: '300,00', mobil: '90011220' },
]
const customers = [
  { _id: 'a', full_name: 'Åse Bjørnstad', email: 'ase@x.no', credit_limit: '~f1' },
  { _id: 'b', full_name: 'Ola  Nordmann', email: 'ola@x.no', credit_limit: '~f2' },
  { _id: 'c', full_name: 'Kåre Sørlie', email: 'other@z.no' },
]
const pipe = (id: string, rest: object) => ({ _id: id, type: 'pipe', ...rest })
const embedded = (entities: object[]) => ({ source: { type: 'embedded', entities } })

interface MappingQuestion {
  readonly used?: readonly string[]
  readonly written?: readonly string[]
  readonly copiesAll?: boolean
  readonly made?: readonly object[]
}

async function suggestedFor(
  others: readonly object[],
  asked: MappingQuestion = {},
  files: Readonly<Record<string, string>> = {},
) {
  const engine = testEngine({
    environment: machine,
    fetch: null,
    openStore: async () => memoryStore(machine),
    deleteStore: async () => undefined,
  })
  const pipes = [pipe('kunder', embedded(kunder)), ...others]
  const configuration = Object.fromEntries(
    pipes.map((each) => [`pipes/${Reflect.get(each, '_id')}.conf.json`, JSON.stringify(each)]),
  )
  await engine.open({ project: 'p', files: { ...configuration, ...files } })
  await engine.run({ run: 'all' })
  return askMappings(engine, asked)
}

function askMappings(
  engine: ReturnType<typeof testEngine>,
  asked: MappingQuestion,
): Promise<AnswerOf<'suggestedMappings'>> {
  const { used = [], written = [], copiesAll = false, made = [] } = asked
  const entities = kunder.map((source, at) => {
    const result = made[at]
    return { source: JSON.stringify(source), made: result ? JSON.stringify(result) : null }
  })
  return engine.suggestedMappings({ pipe: 'kunder', entities, used, written, copiesAll, isLast: true })
}

const shortTexts = (found: AnswerOf<'suggestedMappings'>) =>
  found.map(({ does, from, target, why, filled }) => `${does} ${from} → ${target} (${why}, ${filled})`)

test('what is merged with the pipe has names and values that its properties are mapped to, read as they are there', async () => {
  const merge = {
    type: 'merge',
    datasets: ['kunder k', 'customers c'],
    equality: [['eq', 'k.mail', 'c.email']],
  }
  const found = await suggestedFor([
    pipe('customers', embedded(customers)),
    pipe('global', { source: merge, metadata: { global: true } }),
  ])
  expect(shortTexts(found)).toEqual([
    'map Navn → full_name (values, 3)',
    'map E-post → email (values, 3)',
    'map Kredittgrense → credit_limit (name, 3)',
    'keep Telefon → Telefon (unused, 2)',
    'keep mobil → mobil (unused, 1)',
  ])
  expect(found[0]?.wanted).toEqual({ is: 'sibling', name: 'customers' })
  expect(found[0]?.agree).toEqual({ some: 3, of: 3 })
  expect(found[2]).toMatchObject({ sample: '"12 500,50"', gives: '"~f12500.50"' })
  expect(readJson(found[0]?.expression ?? '')).toBe('_S.Navn')
})

test('what a pipe behind it reads is wanted, and what a test of it expects is matched by its values', async () => {
  const reader = pipe('report', {
    source: { type: 'dataset', dataset: 'kunder' },
    transform: { type: 'dtl', rules: { default: [['add', 'where', ['upper', '_S.phone']]] } },
  })
  const found = await suggestedFor(
    [reader],
    {},
    {
      'expected/kunder.test.json': '{}',
      'expected/kunder.json': JSON.stringify(kunder.map(({ _id, Navn }) => ({ _id, whoever: Navn.toUpperCase() }))),
    },
  )
  expect(shortTexts(found).slice(0, 2)).toEqual(['map Navn → whoever (values, 3)', 'map Telefon → phone (name, 2)'])
  expect(found.map(({ wanted }) => wanted).slice(0, 2)).toEqual([
    { is: 'test', name: 'kunder' },
    { is: 'reader', name: 'report' },
  ])
})

test('a property that is empty for some is filled from one that is not used, as it is read for the others', async () => {
  const made = kunder.map(({ _id, Telefon }) => (Telefon ? { _id, phone: `~rtel:+47${Telefon}` } : { _id }))
  const found = await suggestedFor([], {
    made,
    written: ['phone'],
    used: ['Telefon', 'Navn', 'E-post', 'Kredittgrense'],
  })
  expect(shortTexts(found)).toEqual(['fill mobil → phone (name, 1)'])
  expect(found[0]).toMatchObject({ sample: '"90011220"', gives: '"~rtel:+47-90-01-12-20"', of: 3 })
})

test('nothing is suggested for what is copied, used or made already, nor for another stage than the last', async () => {
  expect(await suggestedFor([], { copiesAll: true })).toEqual([])
  const found = await suggestedFor([], { used: ['Navn', 'E-post', 'Telefon', 'Kredittgrense'], written: ['mobil'] })
  expect(shortTexts(found)).toEqual([])
})
