/** Small projects with templates and paging, each with the expected result (the README beside them has the reasons). */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { testCommand } from '../../../../engine-worker/node/commands/test.ts'
import { validateCommand } from '../../../../engine-worker/node/commands/validate.ts'
import { cases, noShared } from '../../../shared.ts'
import { call, emptyFolder } from '../../../support/command.ts'

describe.skipIf(noShared)('templates and paging in projects', () => {
  test.each(['rest-templates', 'rest-own-filters', 'rest-ids', 'rest-paging'])('%s gives its outputs', async (name) => {
    const { code, out, words } = await call(testCommand, join(cases, 'turn2', name))
    expect(out + words).toMatch(/[1-9]\d* passed, 0 failed/)
    expect(code).toBe(0)
  })
  test('paging ends without a failure', async () => {
    expect((await call(runCommand, join(cases, 'turn2/rest-paging'))).code).toBe(0)
  })
  test('a missing variable fails the pipe and names the template', async () => {
    const { code, out, words } = await call(runCommand, join(cases, 'turn2/rest-missing-variable'))
    expect(code).toBe(1)
    expect(out + words).toContain('service/operations/without-id/id_expression')
  })
  test('a template that does not end is one problem at its place', async () => {
    const { code, out, words } = await call(validateCommand, join(cases, 'turn2/validation-templates'))
    expect(code).toBe(1)
    expect((out + words).match(/operations\/unclosed\/id_expression:/g)).toHaveLength(1)
    expect(out + words).toContain('1 problem')
  })
  test.each([
    ['template-nested-loops', 'was stopped'],
    ['template-huge-range', 'was stopped'],
    ['template-constructor', 'entity'],
  ])('%s: a problem at the template, and the rest is written', async (name, reason) => {
    const { code, out, words } = await call(runCommand, join(cases, 'faults', `${name}.json`), '--out', emptyFolder())
    expect(code).toBe(1)
    expect(out + words).toMatch(new RegExp(`sink/body_template .*${reason}`))
    expect(out + words).toMatch(/good.*written 1/)
  })
})
