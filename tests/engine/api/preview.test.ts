/** Previews: the source entity of each entity of a stage, what stopped the others, and consistent counts. */
import { describe, expect, it } from 'vitest'
import type { Preview, PreviewRequest } from '../../../engine-worker/api/preview.ts'
import { engineWithRun } from './ran-engine.ts'

const rules = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } })
const source = (...entities: object[]) => ({ type: 'embedded', entities })

/** Runs the pipes given as files, then previews one that may read their datasets. */
async function previewOf(
  pipe: { readonly source: object; readonly transform: readonly object[] },
  request: Omit<PreviewRequest, 'pipe' | 'limit'> = {},
  ran: readonly { readonly _id: string; readonly source: object }[] = [],
): Promise<Preview> {
  const engine = await engineWithRun(ran)
  return engine.preview({
    pipe: JSON.stringify({ _id: 'x', type: 'pipe', ...pipe }),
    limit: 600,
    trace: true,
    ...request,
  })
}

/** `_id`s of the entities of a stage that come from the followed entity. */
function ownEntities({ stages, followed }: Preview, stage: string): readonly string[] {
  const found = stages.find((each) => each.stage === stage)
  return (found?.entities ?? []).filter((_, at) => found?.origins[at] === followed).map((text) => JSON.parse(text)._id)
}

const counts = ({ stages }: Preview) =>
  stages.map(({ stage, total, filtered, failed }) => [stage, total, filtered, failed])

describe('a preview', () => {
  const orders = source(
    { _id: 'a', lines: ['1', '2'] },
    { _id: 'b', lines: ['3'] },
    { _id: 'c', lines: [] },
    { _id: 'd', lines: ['4'], off: true },
  )
  const lines = {
    type: 'dtl',
    rules: {
      default: [
        ['filter', ['is-null', '_S.off']],
        ['create-child', ['apply', 'line', '_S.lines']],
      ],
      line: [['add', '_id', ['concat', 'line-', '_S.']]],
    },
  }
  const split = { source: orders, transform: [lines, { type: 'emit_children' }, rules(['copy', '*'])] }

  it('says which children are those of the chosen entity', async () => {
    const first = await previewOf(split, { entity: 'a' })
    expect(ownEntities(first, 'transform/1')).toEqual(['line-1', 'line-2'])
    expect(ownEntities(first, 'sink')).toEqual(['line-1', 'line-2'])
    const second = await previewOf(split, { entity: 'b' })
    expect([second.followed, ownEntities(second, 'transform/1'), ownEntities(second, 'sink')]).toEqual([
      1,
      ['line-3'],
      ['line-3'],
    ])
  })

  it('says where an entity was stopped, and shows nothing of others for it', async () => {
    const filtered = await previewOf(split, { entity: 'd' })
    expect(['transform/0', 'transform/1', 'sink'].map((stage) => ownEntities(filtered, stage))).toEqual([[], [], []])
    expect(filtered.stages[1]?.stopped).toEqual([{ origin: 3, how: 'filtered' }])
    const step = filtered.trace.filter(({ stopped }) => stopped).map(({ path }) => path)
    expect(step).toEqual(['transform/0/rules/default/0'])
    expect(filtered.trace.some(({ path }) => path.startsWith('transform/2'))).toBe(false)
    const childless = await previewOf(split, { entity: 'c' })
    expect(ownEntities(childless, 'sink')).toEqual([])
    expect(childless.stages[2]?.stopped).toEqual([{ origin: 2, how: 'empty' }])
  })

  it('follows no other entity when the source has no such one', async () => {
    const none = await previewOf(split, { entity: 'z' })
    expect([none.followed, none.trace]).toEqual([null, []])
    expect((await previewOf(split)).followed).toBe(0)
  })

  it('follows an entity into the one that it was merged into', async () => {
    const one = { _id: 'one', source: source({ _id: '1', key: 'k' }, { _id: '2', key: 'l' }) }
    const two = { _id: 'two', source: source({ _id: '9', key: 'l' }) }
    const merge = {
      source: {
        type: 'merge',
        version: 2,
        datasets: ['one a', 'two b'],
        equality: [['eq', 'a.key', 'b.key']],
        identity: 'first',
      },
      transform: [rules(['copy', '*'])],
    }
    const preview = await previewOf(merge, { entity: '9' }, [one, two])
    expect(ownEntities(preview, 'source')).toEqual(ownEntities(preview, 'sink'))
    expect(ownEntities(preview, 'sink')).toHaveLength(1)
    const [merged] =
      preview.stages.at(-1)?.entities.filter((_, at) => preview.stages.at(-1)?.origins[at] === preview.followed) ?? []
    expect(merged).toContain('9')
    expect(preview.trace.length).toBeGreaterThan(0)
  })

  it('counts what comes in as gone on, filtered or failed, however many there are', async () => {
    const entities = Array.from({ length: 600 }, (_, n) => ({ _id: `${n}`, n, text: n % 3 === 0 ? 'no json' : '{}' }))
    const made = ['list', ['dict', '_id', ['concat', 'made-', '_S._id'], 'text', '_S.text']]
    const bad = {
      source: source(...entities),
      transform: [
        rules(['filter', ['gt', '_S.n', 99]], ['create', made], ['copy', '*']),
        rules(['copy', '*'], ['if', ['eq', '_S.text', 'no json'], ['fail!', 'wrong']]),
        rules(['copy', '*']),
      ],
    }
    const preview = await previewOf(bad, { entity: '150' })
    const [, first, second, third] = preview.stages
    expect(counts(preview).slice(0, 2)).toEqual([
      ['source', 600, 0, 0],
      ['transform/0', 1000, 100, 0],
    ])
    expect(second?.total).toBe((first?.total ?? 0) - (second?.filtered ?? 0) - (second?.failed ?? 0))
    expect(second?.failed).toBe(332)
    expect(third?.total).toBe(second?.total)
    expect(ownEntities(preview, 'transform/1')).toEqual([])
    expect(second?.stopped.filter(({ origin }) => origin === preview.followed).map(({ how }) => how)).toContain(
      'failed',
    )
    expect(preview.stages.map(({ stage }) => stage)).toEqual([
      'source',
      'transform/0',
      'transform/1',
      'transform/2',
      'sink',
    ])
  })
})
