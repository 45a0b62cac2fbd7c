/** Files and texts that are supplied for sources: what is sent to the engine, how, and that a run waits for it. */
import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../../../app/store/engine/open-project.ts'
import { useEngine } from '../../../../app/store/engine/state.ts'
import {
  canBeShown,
  encodingOf,
  ingestsSettled,
  maxMegabytes,
  pushEntities,
  readText,
  supplyFile,
  trackIngest,
  useIngest,
} from '../../../../app/store/project/ingest.ts'
import { openInPage, preparePage } from '../../../support/project-in-page.ts'

const table = {
  _id: 'table',
  type: 'pipe',
  source: { type: 'csv', system: 's', url: 'x', primary_key: ['id'], encoding: 'latin-1', delimiter: ';' },
}
const inbox = { _id: 'inbox', type: 'pipe', source: { type: 'http_endpoint' } }
const ignoreProgress = () => undefined

beforeAll(preparePage)

/** A file whose `size` is larger than its content. */
function fileOfSize(name: string, size: number, content = '{"_id": "1"}\n'): File {
  return Object.defineProperty(new File([content], name), 'size', { value: size })
}

const rowsOf = async (dataset: string) => (await ask('rows', { dataset, from: 0, count: 10 })).rows

describe('a file', () => {
  it('is supplied as a text, in the character set that its source says', async () => {
    await openInPage(table)
    const file = new File([Uint8Array.from(Buffer.from('id;name\n1;Bjørn\n', 'latin1'))], 'kunder.csv')
    expect(await supplyFile('table', file, ignoreProgress)).toMatchObject({ entities: 1, problems: [] })
    await ask('run', { run: '1', pipes: ['table'] })
    expect(JSON.stringify(await rowsOf('table'))).toContain('Bjørn')
  })

  it('of entities that is too large for one text is read by the engine, which tells how far it is', async () => {
    await openInPage(inbox)
    const seen: (string | undefined)[] = []
    const stop = useIngest.subscribe(({ reading }) => seen.push(reading?.file))
    const answer = await supplyFile('inbox', fileOfSize('large.ndjson', 4_000_001), ignoreProgress)
    stop()
    expect(answer).toMatchObject({ entities: 1, problems: [] })
    expect(seen).toContain('large.ndjson')
    expect(useIngest.getState().reading).toBeNull()
    expect(useEngine.getState().datasets.some(({ name, live }) => name.includes('inbox') && live === 1)).toBe(true)
  })

  it('that only its source could read, as a whole, is refused when it is too large', async () => {
    await openInPage(table)
    expect(await supplyFile('table', fileOfSize('large.csv', maxMegabytes * 1_000_000 + 1), ignoreProgress)).toBeNull()
  })

  it('is shown for editing only where it is small', () => {
    expect(canBeShown(fileOfSize('a.json', 4_000_000))).toBe(true)
    expect(canBeShown(fileOfSize('a.json', 4_000_001))).toBe(false)
  })
})

describe('texts', () => {
  it('are read as UTF-8 where they are, else as what is expected', async () => {
    expect(await readText(new File(['Bjørn'], 'a.txt'), 'latin-1')).toMatchObject({ text: 'Bjørn' })
    const latin = new File([Uint8Array.from(Buffer.from('Bjørn', 'latin1'))], 'a.txt')
    expect(await readText(latin, 'latin-1')).toMatchObject({ text: 'Bjørn' })
  })

  it('have the character set of the source, if it says one', async () => {
    await openInPage(table, inbox)
    expect([encodingOf('table'), encodingOf('inbox'), encodingOf('nothing')]).toEqual(['latin-1', undefined, undefined])
  })
})

describe('entities that are pushed', () => {
  it('are added to what has arrived', async () => {
    await openInPage(inbox)
    await pushEntities({ pipe: 'inbox', text: '{"_id": "a"}' })
    expect(await pushEntities({ pipe: 'inbox', text: '[{"_id": "b"}, {"_id": "c"}]' })).toMatchObject({ problems: [] })
    await ask('run', { run: '1', pipes: ['inbox'] })
    expect(await rowsOf('inbox')).toHaveLength(3)
  })
})

describe('a run that is started while files are read', () => {
  it('waits for all of them, also for one that fails', async () => {
    const order: string[] = []
    let endStream = (): void => undefined
    const first = trackIngest(
      new Promise<void>((resolve) => {
        endStream = () => resolve(undefined)
      }).then(() => order.push('first')),
    )
    const second = trackIngest(Promise.reject(new Error('broken')))
    await expect(second).rejects.toThrow('broken')
    const run = ingestsSettled().then(() => order.push('run'))
    endStream()
    await Promise.all([first, run])
    expect(order).toEqual(['first', 'run'])
  })
})
