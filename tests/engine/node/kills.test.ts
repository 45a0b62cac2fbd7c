/**
 * The command line, killed at random moments of writing (SIGKILL): each file is completely old or completely new, and
 * the next run of the same command has the usual result. `npm run kills` does it at 200 points a command.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isTemporary, OUTPUT_LIST } from '../../../engine-worker/text/roots.ts'

const KILLS = Number(process.env.KILLS ?? 4)
const root = join(import.meta.dirname, '../../..')
const base = mkdtempSync(join(tmpdir(), 'pipewright-kills-'))
const cli = join(base, 'dist/cli.js')
const timeout = 60_000 + KILLS * 30_000

beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), join(base, 'node_modules'))
  const vite = join(root, 'node_modules/.bin/vite')
  const args = ['build', '--mode', 'cli', '--outDir', dirname(cli), '--logLevel', 'error', '--emptyOutDir']
  expect(spawnSync(vite, args, { cwd: root, encoding: 'utf8' })).toMatchObject({ status: 0 })
}, 120_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** The files below a folder by path, without our own marker file. */
function contents(folder: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && entry.name !== OUTPUT_LIST)
      found.set(path.slice(folder.length + 1), readFileSync(path, 'utf8'))
  }
  return found
}

const withoutTemporaries = (files: Map<string, string>) =>
  new Map([...files].filter(([path]) => !isTemporary(path.slice(path.lastIndexOf('/') + 1))))

function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const callCli = (...args: string[]) => spawnSync('node', [cli, ...args], { encoding: 'utf8' }).status

/** Starts a command and kills it some time after its first file; returns whether it was still running. */
function callAndKill(folder: string, span: number, ...args: string[]): Promise<boolean> {
  const child = spawn('node', [cli, ...args], { stdio: 'ignore' })
  return new Promise((resolve) => {
    const before = stamp(folder)
    const watch = setInterval(() => {
      if (stamp(folder) === before) return
      clearInterval(watch)
      setTimeout(() => child.kill('SIGKILL'), Math.random() * span)
    }, 1)
    child.on('exit', (_, signal) => {
      clearInterval(watch)
      resolve(signal === 'SIGKILL')
    })
  })
}

/** A text that changes as soon as something is written in a folder or one level below it. */
function stamp(folder: string): string {
  try {
    const names = readdirSync(folder, { withFileTypes: true })
    return names
      .map((entry) => `${entry.name}/${entry.isDirectory() ? readdirSync(join(folder, entry.name)) : ''}`)
      .join()
  } catch {
    return 'not there' // or being renamed at this moment
  }
}

describe('commands that are ended while they write', () => {
  it(
    'run --out leaves every file whole, of the run before or of this one',
    async () => {
      const pipes = 20
      const project = (version: string, count: number) =>
        JSON.stringify(
          Array.from({ length: count }, (_, n) => {
            const entities = Array.from({ length: 2000 }, (_, at) => ({ _id: `${at}`, version, text: 'x'.repeat(40) }))
            return { _id: `p${n}`, type: 'pipe', source: { type: 'embedded', entities } }
          }),
        )
      const out = join(base, 'out')
      const [old, fresh] = [join(base, 'old.json'), join(base, 'fresh.json')]
      writeFileSync(old, project('old', pipes + 2))
      writeFileSync(fresh, project('fresh', pipes))
      let killed = 0
      for (let kill = 0; kill < KILLS; kill++) {
        expect(callCli('run', old, '--out', out)).toBe(0)
        if (await callAndKill(out, 120, 'run', fresh, '--out', out)) killed++
        for (const [path, text] of withoutTemporaries(contents(out))) {
          const entities: { version: string }[] = JSON.parse(text)
          expect([path, entities.length]).toEqual([path, 2000])
          expect(new Set(entities.map(({ version }) => version)).size).toBe(1)
        }
      }
      expect(killed).toBeGreaterThan(0)
      expect(callCli('run', fresh, '--out', out)).toBe(0)
      const paths = Array.from({ length: pipes }, (_, n) => `datasets/p${n}.json`)
      expect([...contents(out).keys()].sort()).toEqual(paths.sort())
    },
    timeout,
  )

  it(
    'format leaves every file of a person as it was or formatted',
    async () => {
      const folder = join(base, 'format')
      const written = new Map(
        Array.from({ length: 200 }, (_, n) => [
          `pipes/p${n}.conf.json`,
          `{"type":"pipe","_id":"p${n}","description":"${'å'.repeat(5000)}"}`,
        ]),
      )
      writeAll(folder, written)
      expect(callCli('format', folder)).toBe(0)
      const formatted = contents(folder)
      let killed = 0
      for (let kill = 0; kill < KILLS; kill++) {
        writeAll(folder, written)
        if (await callAndKill(folder, 150, 'format', folder)) killed++
        const files = withoutTemporaries(contents(folder))
        expect(files.size).toBe(written.size)
        for (const [path, text] of files) expect([written.get(path), formatted.get(path)]).toContain(text)
        expect(callCli('format', folder)).toBe(0)
        expect(contents(folder)).toEqual(formatted)
      }
      expect(killed).toBeGreaterThan(0)
    },
    timeout,
  )

  it(
    'expand leaves what is whole in another folder, and loses no pipe in its own',
    async () => {
      const composite = (n: number) => ({
        _id: `p${n}`,
        type: 'pipe',
        source: { type: 'embedded', entities: [{ _id: 'a', list: [{ _id: '1' }] }] },
        transform: [
          { type: 'dtl', rules: { default: [['create-child', '_S.list']] } },
          { type: 'emit_children' },
          { type: 'dtl', rules: { default: [['copy', '*']] } },
        ],
      })
      const [folder, out] = [join(base, 'expand'), join(base, 'expanded')]
      const written = new Map(
        Array.from({ length: 100 }, (_, n) => [`pipes/p${n}.conf.json`, JSON.stringify(composite(n))]),
      )
      writeAll(folder, written)
      expect(callCli('expand', folder, '--out', out)).toBe(0)
      const expanded = contents(out)
      expect(expanded.size).toBeGreaterThan(written.size)
      let killed = 0
      for (let kill = 0; kill < KILLS; kill++) {
        rmSync(out, { recursive: true })
        writeAll(folder, written)
        if (await callAndKill(out, 150, 'expand', folder, '--out', out)) killed++
        for (const [path, text] of withoutTemporaries(contents(out))) expect(text).toBe(expanded.get(path))

        writeAll(folder, written)
        if (await callAndKill(folder, 150, 'expand', folder, '--out', folder)) killed++
        const files = withoutTemporaries(contents(folder))
        for (const [path, text] of files) expect([written.get(path), expanded.get(path)]).toContain(text)
        for (const [path, text] of written) {
          const whole = files.get(path) === text
          const parts = [...expanded.keys()].filter((part) => part.startsWith(path.slice(0, -'.conf.json'.length)))
          expect(whole || parts.every((part) => files.get(part) === expanded.get(part))).toBe(true)
        }
        expect(callCli('expand', folder, '--out', folder)).toBe(0)
        expect(contents(folder)).toEqual(expanded)
      }
      expect(killed).toBeGreaterThan(0)
    },
    timeout,
  )
})
