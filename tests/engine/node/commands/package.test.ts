/** The command line as a package: packed, unpacked elsewhere beside its libraries, and run by plain Node. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../../../package.json'

const root = join(import.meta.dirname, '../../../..')
const folder = mkdtempSync(join(tmpdir(), 'pipewright-package-'))
const project = join(folder, 'project')

const files = {
  'pipes/people.conf.json': { _id: 'people', type: 'pipe', source: { type: 'embedded', entities: [{ _id: 'ada' }] } },
  'pipes/out.conf.json': {
    _id: 'out',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'people' },
    transform: { type: 'dtl', rules: { default: [['add', 'name', ['upper', '_S._id']]] } },
    sink: { type: 'http_endpoint' },
  },
  'expected/out.test.json': {},
  'expected/out.json': [{ _id: 'ada', name: 'ADA' }],
}

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root })
  execFileSync('tar', ['xzf', `pipewright-${manifest.version}.tgz`], { cwd: folder })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, json] of Object.entries(files)) {
    mkdirSync(join(project, path, '..'), { recursive: true })
    writeFileSync(join(project, path), JSON.stringify(json))
  }
  // `npm pack` builds the command line.
}, 300_000)
// A server that was ended may still be writing the compiled code of its files.
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

function pipewright(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [join(folder, 'package', manifest.bin.pipewright), ...args], {
    encoding: 'utf8',
    cwd: folder,
  })
  return { status, stdout, stderr }
}

describe('the packed command line', () => {
  it('says what it is, and what it can do', () => {
    expect(pipewright('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n` })
    expect(pipewright('--help')).toMatchObject({ status: 0, stderr: expect.stringContaining('pipewright test DIR') })
    expect(pipewright('brew').status).toBe(2)
  })

  it('evaluates, validates, tests and runs', () => {
    writeFileSync(join(folder, 'cases.json'), JSON.stringify([{ id: '1', expr: ['upper', 'a'] }]))
    expect(JSON.parse(pipewright('eval', 'cases.json').stdout)).toEqual([{ id: '1', value: 'A' }])
    expect(pipewright('validate', 'project').status).toBe(0)
    expect(pipewright('test', 'project')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching('1 passed, 0 failed'),
    })
    expect(pipewright('run', 'project', '--out', 'out').status).toBe(0)
    expect(pipewright('bench', '--only', 'store')).toMatchObject({ status: 2, stderr: expect.stringMatching('clone') })
  })

  it('keeps what was compiled for a command that ended well, and does without it where it was cut or changed', () => {
    const assets = join(folder, 'package/dist-cli/assets')
    const cachedFiles = () => readdirSync(assets).filter((name) => name.endsWith('.cache') && name.includes('.fold-'))
    expect(pipewright('fold', 'nowhere', '--out', 'folded').status).not.toBe(0)
    expect(cachedFiles()).toEqual([])
    expect(pipewright('fold', 'project', '--out', 'folded').status).toBe(0)
    const [name = '', ...others] = cachedFiles()
    expect(others).toEqual([])
    const whole = readFileSync(join(assets, name))
    for (const broken of [whole.subarray(0, 5000), Buffer.from(whole).fill(7, 5000, 6000), Buffer.alloc(0)]) {
      writeFileSync(join(assets, name), broken)
      expect(pipewright('fold', 'project', '--out', 'folded').status).toBe(0)
      expect(readFileSync(join(assets, name)).length).toBeGreaterThan(100_000)
    }
  })

  it('runs programs of transforms, and on further engines', () => {
    const javascript = { type: 'javascript', code: 'function transform(entity) { entity.n = 1; return entity }' }
    const number = ['phonenumber-parse', 'NO', '_S._id']
    const pipes = [
      { _id: 'a', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '22000000' }] }, transform: javascript },
      {
        _id: 'b',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'a' },
        transform: {
          type: 'dtl',
          rules: {
            default: [
              ['copy', '*'],
              ['add', 'p', number],
            ],
          },
        },
      },
    ]
    mkdirSync(join(folder, 'programs'))
    writeFileSync(join(folder, 'programs/all.conf.json'), JSON.stringify(pipes))
    const ran = pipewright('run', 'programs', '--out', 'programs-out', '--engines', '2')
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('done b read 1, written 1') })
    expect(JSON.parse(readFileSync(join(folder, 'programs-out/datasets/b.json'), 'utf8'))).toMatchObject([
      { _id: '22000000', n: 1, p: '~rtel:+47-22-00-00-00' },
    ])
  })

  it('serves the app that it brings', async () => {
    const args = ['serve', 'project', '--store', 'store', '--port', '0']
    const server = spawn('node', [join(folder, 'package', manifest.bin.pipewright), ...args], { cwd: folder })
    try {
      const said = await new Promise<string>((resolve) => server.stdout.once('data', (text) => resolve(String(text))))
      const page = await fetch(new URL('/', said.trim()))
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Pipewright')])
    } finally {
      server.kill()
    }
  })
})
