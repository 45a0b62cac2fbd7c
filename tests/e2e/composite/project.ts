/** A project made from data files, its exported pipe, and the output of the command line for the export. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { files } from './files.ts'

/** The name of the merge when it is made from the first file. */
export const pipe = 'global-crm'

/** The configuration that each way of building it must give. */
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

/** The entities that the pipe publishes. */
export const published = [
  '_id,amount,email,order,status',
  'o1,100.50,ada@example.org,o1,paid',
  'o3,7.75,grace@example.org,o3,paid',
  'o4,12.00,barbara@example.org,o4,paid',
]

/** The data files in the form that a file dialog takes. */
export const chosen = files.map(({ name, text }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }))

/** The files of the project as exported; `press` presses the button that saves them. */
export async function exported(page: Page, press: () => Promise<void>): Promise<ReadonlyMap<string, string>> {
  const download = page.waitForEvent('download')
  await press()
  const zip = unzipSync(await readFile(await (await download).path()))
  return new Map(Object.entries(zip).map(([path, bytes]) => [path, strFromU8(bytes)]))
}

/** Expects that the export contains the pipe, and that the command line gives the right output for it. */
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
