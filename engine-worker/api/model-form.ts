/** What can be set in each part of a model, from which forms are made. */
import type { JsonObject } from '../entity/value.ts'
import type { modelParts } from '../model/model.ts'
import { capability } from './capability.ts'

/** A part of a model that has settings. */
export type ModelPart = keyof typeof modelParts

/** The JSON Schema of each part, with `names` where a text names something. */
export const modelForm = capability('modelForm', 'draft', async (_: null): Promise<Record<ModelPart, JsonObject>> => {
  const { modelParts: parts } = await import('../model/model.ts')
  return {
    model: parts.model.schema,
    datatype: parts.datatype.schema,
    concept: parts.concept.schema,
    property: parts.property.schema,
    mapping: parts.mapping.schema,
    mapped: parts.mapped.schema,
  }
})
