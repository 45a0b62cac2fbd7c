/** Config groups of a project, and what differs between two environments. */
import { describe, expect, it } from 'vitest'
import { configGroups } from '../../../../app/views/subscription/config-groups.ts'
import { environmentDifferences } from '../../../../app/views/subscription/environment-differences.ts'
import { projectOf } from '../../../../engine-worker/index.ts'
import { readLedger } from '../../../../engine-worker/subscription/ledger.ts'

const pipe = (id: string, group: string | null) => ({
  path: `pipes/${id}.conf.json`,
  content: `{"_id": "${id}", "type": "pipe", "n": 1.50${group === null ? '' : `, "metadata": {"$config-group": "${group}"}`}}`,
})
const { value: project } = projectOf([
  pipe('a', 'crm'),
  pipe('b', 'crm'),
  pipe('c', null),
  { path: 'test-env.json', content: '{"url": "https://test", "same": 1}' },
  { path: 'prod-env.json', content: '{"url": "https://prod", "same": 1, "more": true}' },
])

describe('config groups', () => {
  it('are configurations of their own, with every number as it is written', () => {
    const groups = configGroups(project)
    expect(groups.map(({ name, pipes }) => [name, pipes])).toEqual([
      ['', 1],
      ['crm', 2],
    ])
    expect(groups[1]?.configuration).toContain('1.50')
    expect(JSON.parse(groups[1]?.configuration ?? '')).toHaveLength(2)
  })
})

describe('two environments', () => {
  it('differ in groups, variables and choices', () => {
    const { environments } = readLedger({
      environments: [
        { name: 'Production', profile: 'prod', settings: { plan: 'single', sla: 'standard' } },
        { name: 'Test', profile: 'test', groups: ['crm'], settings: { plan: 'developer' } },
      ],
    })
    const [first, second] = environments
    if (first === undefined || second === undefined) throw new Error('two environments are needed')
    expect(environmentDifferences(project, first, second)).toEqual([
      { kind: 'group', name: '', first: 'yes', second: 'no' },
      { kind: 'variable', name: 'more', first: 'true', second: null },
      { kind: 'variable', name: 'url', first: '"https://prod"', second: '"https://test"' },
      { kind: 'plan', name: '', first: 'single', second: 'developer' },
      { kind: 'sla', name: '', first: 'standard', second: 'none' },
    ])
    expect(environmentDifferences(project, first, first)).toEqual([])
  })
})
