/** The command line as a package: packed, unpacked elsewhere beside its libraries, and run by plain Node. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

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
})
