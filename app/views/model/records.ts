/** Where the records of datatypes are, as the generated pipes name them. */
import { isObject, type Model } from '../../../engine-worker/index.ts'

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The pipe that collects the records of a datatype. */
export function collectPipe(system: string, datatype: string): string {
  return `${slug(system)}-${slug(datatype)}-collect`
}

/** The system as Sesam knows it. */
export function systemId(system: string): string {
  return slug(system)
}

/** The dataset that a person sees the number of: what was collected. */
export function collectDataset(model: Model, system: string, datatype: string): string {
  const source = model.systems[system]?.datatypes[datatype]?.source
  const dataset = isObject(source) ? source.dataset : undefined
  return typeof dataset === 'string' ? dataset : collectPipe(system, datatype)
}
