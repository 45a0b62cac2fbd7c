/** The pipes whose data and state must not be lost: `metadata.durable` (features/durable-data.rst). */

import { flagSetting } from '../config/model/setting.ts'
import type { Configuration } from '../config/project/project.ts'
import { get } from '../entity/dict.ts'
import { isObject } from '../entity/value.ts'

/** Their ids, in the order of the project. */
export function durablePipes({ pipes }: Configuration): readonly string[] {
  return [...pipes].flatMap(([id, { config }]) => {
    const metadata = get(config, 'metadata')
    return isObject(metadata) && flagSetting(metadata, 'durable') === true ? [id] : []
  })
}
