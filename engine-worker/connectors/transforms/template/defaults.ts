/** `transform-defaults-rest`: the answer of an operation with the entity on top (configuration-transforms-template.rst). */

import { objectSetting, textSetting } from '../../../config/model/setting.ts'
import type { Entity } from '../../../entity/value.ts'
import { here, type OpenTransform } from '../../open-context.ts'
import { eachEntity } from '../each-entity.ts'
import { dictOf, firstItem, needsOfOperations, operationNamed, templateContext } from './parts.ts'

export const openDefaults: OpenTransform = (part, open, stage) => {
  const context = templateContext(part, open, stage)
  const { properties } = context
  const operation = operationNamed(
    context,
    textSetting(properties, 'operation', 'defaults'),
    objectSetting(properties, 'operation_properties'),
  )
  const runtime = eachEntity(part, stage, async (entity, running): Promise<Entity> => {
    if (entity._deleted === true) return entity
    const { body } = await operation(entity, running)
    return { ...dictOf(firstItem(body)), ...entity }
  })
  return { ...here(runtime), needs: needsOfOperations(context) }
}
