/** The command `model`: import, generate, test, and its messages for bad files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { modelCommand } from '../../../../engine-worker/node/commands/model.ts'
import { testCommand } from '../../../../engine-worker/node/commands/test.ts'
import { validateCommand } from '../../../../engine-worker/node/commands/validate.ts'

const cases = join(import.meta.dirname, '../../model/cases')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-model-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function callCommand(command: typeof modelCommand, ...args: string[]) {
  const [printed, told]: [string[], string[]] = [[], []]
  const io = { out: (text: string) => void printed.push(text), say: (words: string) => void told.push(words) }
  const code = await command.run(args, io)
  return { code, out: printed.join(''), said: told.join('\n') }
}

describe('model', () => {
  test('tests a mapping file and prints the result for machines', async () => {
    const { code, out } = await callCommand(modelCommand, 'test', join(cases, 'composite.yaml'), '--json')
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { tests: [{ name: 'both parts', passed: true, differences: [] }], passed: 1, failed: 0 },
    ])
  })

  test('says what differs where a test fails', async () => {
    const wrong = readFileSync(join(cases, 'composite.yaml'), 'utf8').replace('role: "CFO"', 'role: "CEO"')
    writeFileSync(join(folder, 'wrong.yaml'), wrong)
    const { code, out } = await callCommand(modelCommand, 'test', join(folder, 'wrong.yaml'), '--json')
    expect([code, JSON.parse(out)]).toMatchObject([1, { passed: 0, failed: 1 }])
    expect(JSON.parse(out).tests[0].differences).toHaveLength(2)
  })

  test('makes a project that is valid, passes its tests and stays as it is', async () => {
    expect(await callCommand(modelCommand, 'import', join(cases, 'relations.yaml'), '--out', folder)).toMatchObject({
      code: 0,
    })
    expect(await callCommand(modelCommand, folder, '--generate')).toMatchObject({ code: 0 })
    expect(await callCommand(validateCommand, folder)).toMatchObject({ code: 0, out: '' })
    expect(await callCommand(testCommand, folder)).toMatchObject({ code: 0 })
    expect(await callCommand(modelCommand, folder, '--check')).toMatchObject({ code: 0, out: '' })
    const { out } = await callCommand(modelCommand, folder, '--generate', '--json')
    expect(new Set(JSON.parse(out).components.map(({ is }: { is: string }) => is))).toEqual(new Set(['same']))
  })

  test.each(readdirSync(cases))('of %s makes a project whose own tests pass', async (file) => {
    await callCommand(modelCommand, 'import', join(cases, file), '--out', folder)
    expect(await callCommand(modelCommand, folder, '--generate')).toMatchObject({ code: 0 })
    expect(await callCommand(validateCommand, folder)).toMatchObject({ code: 0, out: '' })
    expect(await callCommand(testCommand, folder)).toMatchObject({ code: 0 })
  })

  test('says what would be sent, and from where the values come', async () => {
    const { out } = await callCommand(modelCommand, join(cases, 'composite.yaml'), '--dry-run', '--json')
    expect(JSON.parse(out).tests[0].changes).toMatchObject([
      {
        operation: 'update',
        why: [{ property: 'role', before: 'Boss', after: 'CEO', rule: 'latest', from: ['crm:1'] }],
      },
      { operation: 'insert', origins: ['crm:2'] },
    ])
  })

  test('refuses a model with errors', async () => {
    writeFileSync(join(folder, 'model.json'), '{"version": 1}')
    const { code, said } = await callCommand(modelCommand, folder, '--check')
    expect([code, said]).toEqual([1, expect.stringContaining('The file has no systems.')])
  })

  test('says each place once', async () => {
    const concepts = { person: { keys: [['mail']], properties: {} } }
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ version: 1, systems: {}, concepts, mappings: [] }))
    const { said } = await callCommand(modelCommand, folder, '--check')
    expect(said).toMatch(/^error: \S*model\.json concepts\/person\/keys\/0: A key of person/)
    expect(said.match(/person.keys/g)).toHaveLength(1)
    writeFileSync(join(folder, 'broken.yaml'), 'version: "1.0"\nmappings: [\n  a: -\n')
    const broken = await callCommand(modelCommand, 'test', join(folder, 'broken.yaml'))
    expect(broken.said).toMatch(/^error: \S*broken\.yaml:3:\d+: The file is not readable YAML/)
  })

  test('prints a mapping file', async () => {
    const { out } = await callCommand(modelCommand, 'export', join(cases, 'soft.yaml'))
    expect(out).toContain('strategy: deleted_flag')
  })
})
