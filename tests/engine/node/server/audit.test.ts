/** The audit log: one line a request, rotated when it is large, without loss. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Audit } from '../../../../engine-worker/node/server/audit.ts'

it('is put aside when it is large; the ten newest files have the newest lines, all of them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-audit-'))
  const path = join(folder, 'audit.log')
  const entry = (n: number) => ({
    configuration: '',
    user: 'ada',
    token: 't',
    method: 'PUT',
    path: `/${n}`,
    status: 200,
  })
  let audit = new Audit(path, () => undefined, 1000)
  for (let n = 0; n < 20; n++) audit.write(entry(n))
  audit.close()
  // A log that is opened again continues.
  audit = new Audit(path, () => undefined, 1000)
  for (let n = 20; n < 200; n++) audit.write(entry(n))
  audit.close()
  const files = readdirSync(folder)
  expect(files).toHaveLength(10)
  const numberOf = (file: string) => (file === 'audit.log' ? 0 : Number(file.split('.').at(-1)))
  const oldestFirst = files.sort((a, b) => numberOf(b) - numberOf(a))
  const lines = oldestFirst.flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
  const paths = lines.map((line) => Number(JSON.parse(line).path.slice(1)))
  expect(paths.at(-1)).toBe(199)
  expect(paths).toEqual(Array.from({ length: paths.length }, (_, at) => 200 - paths.length + at))
  for (const file of files) expect(readFileSync(join(folder, file)).length).toBeLessThanOrEqual(1000)
  rmSync(folder, { recursive: true, force: true })
})
