/** A project made from data files, the pipe in it as exported, and what the command line makes of the export. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { files } from './files.ts'

/** The merge as it is called when it is made from the first file. */
export const pipe = 'global-crm'

/** What every way of building it must come to. */
export const built = {
  _id: pipe,
  type: 'pipe',
  source: {
    type: 'merge',
    datasets: ['crm a', 'billing b'],
    equality: [['eq', 'a.email', 'b.email']],
    identity: 'first',
    version: 2,
  },
  transform: [
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'orders', ['hops', { datasets: ['orders o'], where: [['eq', '_S.email', 'o.email']] }]],
          ['add', 'sum-amount', ['sum', ['decimal', '_T.orders.amount']]],
          ['create-child', '_T.orders'],
        ],
      },
    },
    { type: 'emit_children' },
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['filter', ['eq', '_S.status', 'paid']],
        ],
      },
    },
  ],
  sink: { type: 'csv_endpoint', columns: ['_id', 'amount', 'email', 'order', 'status'] },
  metadata: { global: true },
}

/** What the pipe publishes. */
export const published = [
  '_id,amount,email,order,status',
  'o1,100.50,ada@example.org,o1,paid',
  'o3,7.75,grace@example.org,o3,paid',
  'o4,12.00,barbara@example.org,o4,paid',
]

/** The data files as a file dialog takes them. */
export const chosen = files.map(({ name, text }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }))

/** The files of the project as exported; `press` presses the button that saves them. */
export async function exported(page: Page, press: () => Promise<void>): Promise<ReadonlyMap<string, string>> {
  const download = page.waitForEvent('download')
  await press()
  const zip = unzipSync(await readFile(await (await download).path()))
  return new Map(Object.entries(zip).map(([path, bytes]) => [path, strFromU8(bytes)]))
}

/** Expects that the export holds the pipe, and that the command line runs it to the right output. */
export async function expectRight(project: ReadonlyMap<string, string>): Promise<void> {
  expect(JSON.parse(project.get(`pipes/${pipe}.conf.json`) ?? 'null')).toEqual(built)
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-story-'))
  try {
    for (const [path, text] of project) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const out = join(folder, 'out')
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    const cli = ['engine-worker/cli.ts', 'run', folder, '--out', out]
    await promisify(execFile)(join(root, 'node_modules/.bin/tsx'), cli, { cwd: root })
    const csv = await readFile(join(out, 'outputs', `${pipe}.csv`), 'utf8')
    const [header, ...rows] = csv.trim().split('\r\n')
    expect([header, ...rows.sort()]).toEqual(published)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
