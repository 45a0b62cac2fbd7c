/** The end of a project. */
import { capability } from './capability.ts'

/** Removes everything stored for a project. */
export const destroy = capability('destroy', 'page', (project: string, { host }) => host.destroy(project))
