/** When a version is kept automatically: when the project was saved after it was last kept, exported or imported. */
import { describe, expect, it } from 'vitest'
import type { LoadedProject } from '../../../../app/store/disk/disk.ts'
import type { VersionRow } from '../../../../app/store/disk/schema.ts'
import { isNewer } from '../../../../app/store/project/versions.ts'
import { emptyProject } from '../../../../engine-worker/index.ts'

const loadedProject: LoadedProject = {
  document: { name: 'p', profile: 'test', content: emptyProject },
  baseline: emptyProject,
  origin: 'import',
  revision: 3,
  recordRevisions: new Map(),
  exportedRevision: 1,
  changed: 100,
  exported: 50,
}
const storedVersion: VersionRow = { project: 'p', id: 'v', name: '', automatic: true, made: 100, pipes: 0 }

describe('a project that is opened', () => {
  it('is newer than what was kept of an earlier revision, although the clock was ahead then', () => {
    expect(isNewer(loadedProject, { ...storedVersion, revision: 2, made: 1e15 })).toBe(true)
    expect(isNewer(loadedProject, { ...storedVersion, revision: 3, made: 0 })).toBe(false)
  })
  it('is newer than its import when it was saved since', () => {
    expect(isNewer(loadedProject, undefined)).toBe(true)
    expect(isNewer({ ...loadedProject, revision: 1 }, undefined)).toBe(false)
  })
  it('is compared by time with rows that have no revision', () => {
    expect(isNewer(loadedProject, { ...storedVersion, made: 99 })).toBe(true)
    expect(isNewer(loadedProject, storedVersion)).toBe(false)
    expect(isNewer({ ...loadedProject, exportedRevision: null }, undefined)).toBe(true)
  })
})
