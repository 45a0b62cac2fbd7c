/**
 * Requests wait until a person allows their server; where the question is closed without an answer, the request is not
 * sent and the question not repeated.
 */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  askAgain,
  decideHosts,
  dismissQuestion,
  isHostAllowed,
  openPermissions,
  usePermissions,
} from '../../../../app/store/project/permissions.ts'
import { showProject } from '../../../../app/store/project/project.ts'
import { emptyProject } from '../../../../engine-worker/index.ts'

let projects = 0
let project = ''

beforeEach(async () => {
  project = `project ${++projects}`
  showProject(project, { name: 'P', profile: 'test', content: emptyProject }, emptyProject, false)
  await openPermissions(project)
})

describe('permission to send requests', () => {
  it('asks once for all requests that wait, and answers each', async () => {
    const answers = [isHostAllowed('a.org'), isHostAllowed('b.org'), isHostAllowed('a.org')]
    expect(usePermissions.getState().asked).toEqual(['a.org', 'b.org'])
    await decideHosts({ 'a.org': 'allowed', 'b.org': 'refused' })
    expect(await Promise.all(answers)).toEqual([true, false, true])
    expect(usePermissions.getState().asked).toEqual([])
    expect(await isHostAllowed('a.org')).toBe(true)
  })

  it('is kept by project, and can be taken back', async () => {
    await decideHosts({ 'a.org': 'allowed' })
    await openPermissions('another')
    expect(usePermissions.getState().hosts).toEqual({})
    await openPermissions(project)
    expect(await isHostAllowed('a.org')).toBe(true)
    await decideHosts({ 'a.org': null })
    const answer = isHostAllowed('a.org')
    expect(usePermissions.getState().asked).toEqual(['a.org'])
    dismissQuestion()
    expect(await answer).toBe(false)
  })

  it('is not asked again before a person starts a run, when the question was closed', async () => {
    const answer = isHostAllowed('a.org')
    dismissQuestion()
    expect(await answer).toBe(false)
    expect(await isHostAllowed('a.org')).toBe(false)
    askAgain()
    const again = isHostAllowed('a.org')
    expect(usePermissions.getState().asked).toEqual(['a.org'])
    await decideHosts({ 'a.org': 'allowed' })
    expect(await again).toBe(true)
  })

  it('has no decisions for names of the language', async () => {
    const answer = isHostAllowed('constructor')
    expect(usePermissions.getState().asked).toEqual(['constructor'])
    dismissQuestion()
    expect(await answer).toBe(false)
  })
})
