/**
 * Reference data beside the clone: real projects and documented cases (`../shared`). Where it is missing, tests that
 * use it are skipped, and the report has their number.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const shared = join(import.meta.dirname, '../../shared')

/** Folder of real projects. */
export const projects = join(shared, 'projects')
/** Folder of documented DTL cases. */
export const conformance = join(shared, 'conformance')
/** Whether it is missing. */
export const noShared = !existsSync(projects) || !existsSync(conformance)
/** Folder of cases, each with the expected result. */
export const cases = join(shared, 'cases')
/** Folder of programs that play cases against a running program. */
export const checks = join(shared, 'checks')
