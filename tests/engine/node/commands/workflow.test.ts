/** The CI workflow that the app shows: it is valid YAML, and the command line accepts each of its calls. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Command } from '../../../../engine-worker/node/commands/define.ts'
import { effectCommand } from '../../../../engine-worker/node/commands/effect.ts'
import { formatCommand } from '../../../../engine-worker/node/commands/format.ts'
import { testCommand } from '../../../../engine-worker/node/commands/test.ts'
import { validateCommand } from '../../../../engine-worker/node/commands/validate.ts'

const commands: Readonly<Record<string, Command>> = {
  effect: effectCommand,
  format: formatCommand,
  test: testCommand,
  validate: validateCommand,
}
const text = readFileSync(join(import.meta.dirname, '../../../../public/pipewright-workflow.yml'), 'utf8')

describe('the workflow for pull requests', () => {
  it('calls commands with options that they have', () => {
    const calls = [...text.matchAll(/pipewright (\w+)((?: +(?:"[^"]*"|--[\w-]+))*)/g)]
    expect(calls.map(([, name]) => name)).toEqual(['validate', 'format', 'test', 'effect'])
    for (const [, name = '', rest = ''] of calls) {
      const options = [...rest.matchAll(/--([\w-]+)/g)].map(([, option = '']) => option)
      expect(Object.keys(commands[name]?.options ?? {}), name).toEqual(expect.arrayContaining(options))
    }
  })

  it('is a workflow of one job whose steps do something each', () => {
    const { jobs, on } = parse(text)
    expect(on).toBe('pull_request')
    for (const step of jobs.check.steps) expect(Number('run' in step) + Number('uses' in step)).toBe(1)
  })
})
