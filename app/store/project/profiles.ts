/** The profiles whose variables a project has. */
import type { Project } from '../../../engine-worker/index.ts'

/** The names: `test-env.json` in the configuration's folder is `test`. */
export function profilesOf({ files, root }: Project): readonly string[] {
  return Object.keys(files).flatMap((path) => {
    const name = path.startsWith(root) ? /^([^/]+)-env\.json$/.exec(path.slice(root.length))?.[1] : undefined
    return name === undefined ? [] : [name]
  })
}
