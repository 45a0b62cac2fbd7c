/**
 * Made-up connectors, with the files that Sesam's own client wrote for them (tests/corpus/connectors.json): expand and
 * collapse give the same bytes, and what the client refuses is refused. One thing is accepted that the client's
 * validate refuses: a template that is JSON only once it is filled in (blocks, values without quotes), since the client
 * itself expands it.
 */
import { describe, expect, it } from 'vitest'
import { collapseConnector } from '../../../engine-worker/extensions/collapse.ts'
import { expandConnector } from '../../../engine-worker/extensions/expand.ts'
import type { ConnectorFiles } from '../../../engine-worker/extensions/manifest.ts'
import { validateConnector } from '../../../engine-worker/extensions/validate.ts'
import recorded from '../../corpus/connectors.json'

interface RecordedExpansion {
  readonly files: ConnectorFiles
  readonly isValid: boolean
  readonly expanded: ConnectorFiles
  /** Null where the client itself fails. */
  readonly collapsed: ConnectorFiles | null
}

const connectors: readonly (readonly [string, RecordedExpansion])[] = Object.entries(recorded)
const system = 'xxxxxx'

describe.each(connectors)('%s', (_, { files: written, isValid, expanded, collapsed }) => {
  // Files are read without the mark of their encoding.
  const files = Object.fromEntries(Object.entries(written).map(([path, text]) => [path, text.replace(/^\uFEFF/, '')]))

  it('expands as the client does', () => {
    expect(expandConnector(files, { system, profile: 'test' })).toEqual(expanded)
  })

  it('is refused where the client refuses it', () => {
    const errors = validateConnector(files, system).filter(({ severity }) => severity === 'error')
    expect(errors.length === 0).toBe(isValid)
  })

  it('collapses as the client does', () => {
    const own = collapseConnector(files, expanded, system)
    if (collapsed === null) expect(Object.keys(own)).toContain('manifest.json')
    else expect({ ...files, ...own }).toEqual(collapsed)
  })
})

describe('validateConnector', () => {
  const files: ConnectorFiles = recorded['text-parameters'].files

  it('warns of a parameter that an earlier datatype has left behind, at the datatype that gets it', () => {
    expect(validateConnector(files, system)).toMatchObject([
      {
        code: 'connector-parameter-stays',
        severity: 'warning',
        where: { file: 'manifest.json', path: ['datatypes', 'b'] },
        facts: { datatype: 'b', parameter: 'v', from: 'a' },
      },
    ])
  })

  it('says nothing where the datatype sets the parameter itself, or is the first one', () => {
    const manifest = JSON.parse(files['manifest.json'] ?? '')
    manifest.datatypes.b.parameters = { v: 'own' }
    expect(validateConnector({ ...files, 'manifest.json': JSON.stringify(manifest) }, system)).toEqual([])
    const turned = { ...manifest, datatypes: { b: { template: 'templates/b.json' }, a: manifest.datatypes.a } }
    expect(validateConnector({ ...files, 'manifest.json': JSON.stringify(turned) }, system)).toEqual([])
  })
})
