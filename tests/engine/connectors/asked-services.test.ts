/** Whether runs of a connector ask its service or read its recorded answers. */
import { describe, expect, it } from 'vitest'
import '../../../engine-worker/connectors/kinds.ts'
import { linkedFolder } from '../../../engine-worker/connectors/asked-services.ts'
import { linkedConnectors, withConnector } from '../../../engine-worker/extensions/link.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { openProjectOf, runInternal } from '../../../engine-worker/testing/outputs.ts'
import { filesOf, projectOf } from '../../../engine-worker/text/project.ts'

const system = {
  _id: 's',
  type: 'system:rest',
  url_pattern: 'https://s.example/%s',
  operations: { list: { method: 'GET', url: 'rows', id_expression: '{{ id }}' } },
}
const pipe = { _id: 's-row-all', type: 'pipe', source: { type: 'rest', system: 's', operation: 'list' } }
const files = {
  'systems/s.conf.json': JSON.stringify(system),
  'pipes/s-row-all.conf.json': JSON.stringify(pipe),
  'testdata/s-row-all.answers.json': '[{"answer": [{"id": "recorded"}]}]',
}

async function idsRead(link: object | string, isOnline: boolean): Promise<readonly unknown[]> {
  const store = memoryStore(machine)
  const fetch = isOnline ? async () => Response.json([{ id: 'service' }]) : null
  const session = new Session({ store, environment: machine, fetch })
  const text = typeof link === 'string' ? link : JSON.stringify(link)
  session.open({ ...files, 'connectors/s-connector/link.json': text })
  await runInternal(openProjectOf(session))
  const ids: unknown[] = []
  for await (const batch of store.scan('s-row-all')) ids.push(...batch.map(({ id }) => id))
  return ids
}

describe('a run of a connector', () => {
  const asking = { system: 's', datatypes: ['row'], asks: true }
  it.each([
    ['asks the service where its link says so', asking, true, ['service']],
    ['reads recorded answers without a network', asking, false, ['recorded']],
    ['reads recorded answers where nothing is said', { ...asking, asks: undefined }, true, ['recorded']],
    ['reads recorded answers where another system asks', { ...asking, system: 'other' }, true, ['recorded']],
    ['reads recorded answers where the link cannot be read', '{"asks": tru', true, ['recorded']],
  ])('%s', async (_, link, isOnline, ids) => {
    expect(await idsRead(link, isOnline)).toEqual(ids)
  })
})

describe('the link of a connector', () => {
  it('keeps what its runs ask', () => {
    const manifest = { datatypes: {}, 'system-template': 'system.json' }
    const own = { 'manifest.json': JSON.stringify(manifest), 'system.json': JSON.stringify(system) }
    const connector = { folder: 's-connector', files: own, system: 's', datatypes: [] }
    const linked = (asks: boolean) => {
      const { project } = withConnector(projectOf([]).value, null, { ...connector, asks })
      return filesOf(project)
    }
    const contents = (asks: boolean) => Object.fromEntries(linked(asks).map(({ path, content }) => [path, content]))
    expect(linkedConnectors(contents(true))).toMatchObject([{ system: 's', asks: true }])
    expect(linkedConnectors(contents(false))).toEqual([connector])
    expect(contents(false)['connectors/s-connector/link.json']).not.toContain('asks')
  })
  it('is named by its path', () => {
    expect(linkedFolder('connectors/a-connector/link.json')).toBe('a-connector')
    expect(linkedFolder('connectors/a/b/link.json')).toBeNull()
  })
})
