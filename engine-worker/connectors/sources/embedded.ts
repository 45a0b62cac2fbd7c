import { isLaterPosition, sinceStrategy } from '../../config/model/setting.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import { get } from '../../entity/dict.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Entity, isDict, isObject, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { inBatches } from './supply.ts'

const notAnEntity = problem<{ index: number }>({
  code: 'embedded-not-an-entity',
  severity: 'error',
  says: ({ index }) => `Entity ${index + 1} of the embedded source is not an object.`,
})

/** configuration-sources-embedded.rst */
export const embeddedSource = kind({
  role: 'source',
  type: 'embedded',
  label: 'Embedded',
  icon: 'braces',
  says: 'Entities written into the configuration itself, for small fixed lists and for tests.',
  group: 'data',
  runs: 'here',
  holdsEntities: true,
  namespaced: true,
  fields: [
    { name: 'entities', type: { is: 'entities' }, required: true, says: 'The entities, each with its _id.' },
    {
      ...system([], false),
      says: 'Only shows where the data would come from; the source does not use it.',
      advanced: true,
    },
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'embedded', entities: [{ _id: '1' }] },
  example: {
    config: { type: 'embedded', entities: [{ _id: 'NO', name: 'Norway', since: '~t1905-06-07T00:00:00Z' }] },
    gives: [{ _id: 'NO', name: 'Norway', since: '~t1905-06-07T00:00:00Z' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-embedded.rst',
  /** Gives the entities as they stand in the configuration, transit texts decoded. */
  open: (part) => {
    checkEntities(part)
    const strategy = sinceStrategy(part.config, false, true, false)
    const supportsSince = strategy !== null
    return here({
      reads: 'outside',
      config: part.config,
      since: strategy,
      whole: true,
      async *read({ since }) {
        const start = since ?? (supportsSince ? decodeTransit(get(part.config, 'initial_since_value') ?? null) : null)
        yield* inBatches(start === null ? entitiesOf(part) : changedSince(entitiesOf(part), start))
      },
    })
  },
})

/** With `supports_since`, what is not beyond the position has been read before. */
function* changedSince(entities: Iterable<Entity>, since: Value): Iterable<Entity> {
  for (const entity of entities) if (isLaterPosition(entity._updated ?? null, since)) yield entity
}

/** Throws a Fault for the first one that is no object. */
function checkEntities({ config, path }: Part): void {
  const entities = get(config, 'entities')
  const index = Array.isArray(entities) ? entities.findIndex((entity) => !isObject(entity)) : -1
  if (index >= 0) throw new Fault(notAnEntity({ index }, { path: [...path, 'entities', index] }))
}

function* entitiesOf(part: Part) {
  const entities = get(part.config, 'entities')
  for (const json of Array.isArray(entities) ? entities : []) {
    const value = decodeTransit(json)
    if (isDict(value)) yield value
  }
}
