/** New connectors and datatypes: the generated files expand, and pass the client's rules and the checks of projects. */
import { describe, expect, it } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { expandConnector } from '../../../engine-worker/extensions/expand.ts'
import type { ConnectorFiles } from '../../../engine-worker/extensions/manifest.ts'
import { addDatatype, isSignIn, newConnector, signInNames } from '../../../engine-worker/extensions/scaffold.ts'
import { validateConnector } from '../../../engine-worker/extensions/validate.ts'
import { Fault, type Problem } from '../../../engine-worker/problem.ts'

const expand = (files: ConnectorFiles) => expandConnector(files, { system: 'acme', profile: 'test' })

function added(files: ConnectorFiles, datatype: string, share = false): ConnectorFiles {
  return { ...files, ...addDatatype(files, datatype, share) }
}

function problemOf(work: () => unknown): Problem | null {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
  return null
}

describe('newConnector', () => {
  it.each(signInNames)('makes a connector that signs in by %s and expands to its system', (signIn) => {
    if (!isSignIn(signIn)) throw new Error(signIn)
    const files = newConnector('acme', signIn)
    expect(validateConnector(files, 'acme')).toEqual([])
    expect(Object.keys(expand(files))).toContain('systems/acme.conf.json')
  })
})

describe('addDatatype', () => {
  it.each([false, true])('makes pipes without errors (shared: %s)', (share) => {
    const files = added(added(newConnector('acme', 'oauth2'), 'customer', share), 'order', share)
    expect(validateConnector(files, 'acme')).toEqual([])
    const problems = checkProject(loadProject(expand(files)))
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const pipes = Object.keys(expand(files)).filter((path) => path.includes('/acme-customer-'))
    expect(pipes).toHaveLength(share ? 4 : 3)
  })

  it('keeps the text of the manifest and of the system around what it adds', () => {
    const files = added(newConnector('acme', 'api_key'), 'customer')
    const own = { ...files, 'manifest.json': (files['manifest.json'] ?? '').replace('{', '{\n  "number":   1.50,') }
    expect(added(own, 'order')['manifest.json']).toContain('"number":   1.50,')
  })

  it('refuses a name that is taken, a name with blanks, and a system that cannot be read', () => {
    const files = added(newConnector('acme', 'api_key'), 'customer')
    expect(problemOf(() => added(files, 'customer'))).toMatchObject({ code: 'connector-datatype-exists' })
    for (const name of ['', 'a b', 'A', '../x', '__proto__'])
      expect(problemOf(() => added(files, name))).toMatchObject({ code: 'connector-datatype-name' })
    const broken = { ...files, 'templates/system.json': '{"_id": {{@ system @}}}' }
    expect(problemOf(() => added(broken, 'order'))?.where.file).toBe('templates/system.json')
    const bare = { ...files, 'templates/system.json': '{"_id": "x"}' }
    expect(problemOf(() => added(bare, 'order'))).toMatchObject({ code: 'connector-operations' })
  })
})
