import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOutput } from '../../../engine-worker/node/output-folder.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { OUTPUT_LIST } from '../../../engine-worker/text/roots.ts'

let base = ''
let out = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pipewright-out-'))
  out = join(base, 'out')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function writeOutputs(paths: readonly string[], removeStale = true): Promise<void> {
  const output = await openOutput(out)
  for (const path of paths) await output.write({ path, content: path })
  await output.finish({ removeStale })
}
const filesThere = () =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.') && name !== OUTPUT_LIST)
    .sort()

describe('the folder of --out', () => {
  it('removes files of earlier runs that do not come out again, and never those of a person', async () => {
    await writeOutputs(['datasets/a.json', 'datasets/b.json', 'datasets/c.json'])
    writeFileSync(join(out, 'datasets/mine.json'), '[]')
    writeFileSync(join(out, 'datasets/c.json'), 'a person changed this')
    await writeOutputs(['datasets/a.json'])
    expect(filesThere()).toEqual(['datasets/a.json', 'datasets/c.json', 'datasets/mine.json'])
  })

  it('keeps them after a run of some pipes, until the next run of all', async () => {
    await writeOutputs(['datasets/a.json', 'datasets/b.json'])
    await writeOutputs(['datasets/a.json'], false)
    expect(filesThere()).toEqual(['datasets/a.json', 'datasets/b.json'])
    await writeOutputs(['datasets/a.json'])
    expect(filesThere()).toEqual(['datasets/a.json'])
  })

  it('knows its files also when the run that wrote them was ended before its end', async () => {
    const output = await openOutput(out)
    await output.write({ path: 'datasets/a.json', content: '[]' })
    await writeOutputs(['datasets/b.json'])
    expect(filesThere()).toEqual(['datasets/b.json'])
  })

  it('does not follow symbolic links inside it', async () => {
    const elsewhere = join(base, 'elsewhere')
    mkdirSync(elsewhere)
    mkdirSync(out)
    writeFileSync(join(base, 'target'), 'kept')
    symlinkSync(elsewhere, join(out, 'datasets'))
    symlinkSync(join(base, 'target'), join(out, 'a.json'))
    symlinkSync(join(base, 'target'), join(out, OUTPUT_LIST))
    const output = await openOutput(out)
    await output.write({ path: 'a.json', content: 'new' })
    const refused = output.write({ path: 'datasets/b.json', content: 'new' })
    await expect(refused).rejects.toThrow(Fault)
    await expect(refused).rejects.toThrow('datasets is a symbolic link')
    await output.finish({ removeStale: true })
    expect(readFileSync(join(base, 'target'), 'utf8')).toBe('kept')
    expect(readFileSync(join(out, 'a.json'), 'utf8')).toBe('new')
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('removes nothing outside it, whatever its list says', async () => {
    await writeOutputs(['a.json'])
    writeFileSync(join(base, 'x.json'), 'a.json')
    const list = readFileSync(join(out, OUTPUT_LIST), 'utf8')
    writeFileSync(join(out, OUTPUT_LIST), `${list.replace('a.json', '../x.json')}torn`)
    await writeOutputs([])
    expect(existsSync(join(base, 'x.json'))).toBe(true)
  })
})
