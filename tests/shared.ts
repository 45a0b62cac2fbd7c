/**
 * Reference data that stands beside a clone and not in it: real projects and documented cases (`../shared`). Where it is
 * not there, tests that compare with it are left out, and the report says how many.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const shared = join(import.meta.dirname, '../../shared')

/** Folder of real projects. */
export const projects = join(shared, 'projects')
/** Folder of documented DTL cases. */
export const conformance = join(shared, 'conformance')
/** Whether it is not there. */
export const noShared = !existsSync(projects) || !existsSync(conformance)
/** Folder of cases, each with what is right. */
export const cases = join(shared, 'cases')
/** Folder of programs that play cases against a running program. */
export const checks = join(shared, 'checks')
