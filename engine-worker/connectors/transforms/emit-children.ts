import { comment } from '../../config/model/shared-fields.ts'
import { get } from '../../entity/dict.ts'
import { type Entity, isDict } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import type { StageOutcome } from '../runtime.ts'

/** configuration-transforms-emit-children.rst */
export const emitChildrenTransform = kind({
  role: 'transform',
  type: 'emit_children',
  label: 'Emit children',
  icon: 'list-tree',
  says: 'Emits the entities in $children, each on its own, instead of their parent.',
  more: 'Children are made by create-child in the DTL of an earlier pipe or stage; those without _id are left out.',
  group: 'shape',
  runs: 'here',
  emitsChildren: true,
  partName: 'children',
  fields: [comment],
  template: { type: 'emit_children' },
  example: {
    config: { type: 'emit_children' },
    takes: [
      {
        _id: 'order-1',
        $children: [
          { _id: 'order-1:1', item: 'pump' },
          { _id: 'order-1:2', item: 'hose' },
        ],
      },
    ],
    gives: [
      { _id: 'order-1:1', item: 'pump' },
      { _id: 'order-1:2', item: 'hose' },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-emit-children.rst',
  /** Each child with an `_id` becomes an entity; the parent itself never goes on. */
  open: (part, _context, stage) =>
    here({
      stage,
      type: part.type,
      path: part.path,
      ids: 'any',
      creates: true,
      createsChildren: false,
      hops: [],
      indexes: [],
      usesPrevious: false,
      async transform(batch) {
        return batch.map((entity): StageOutcome => ({ main: null, created: childrenOf(entity) }))
      },
    }),
})

/**
 * The children of an entity that can stand alone; those of a deleted parent are deleted with it. Of several with the same
 * `_id` the last one counts, as it would in a dataset, so that a stage behind this one sees the same as a pipe would.
 */
function childrenOf(entity: Entity): Entity[] {
  const children = get(entity, '$children')
  const list = Array.isArray(children) ? children : children === undefined ? [] : [children]
  const found = new Map<string, Entity>()
  for (const child of list) if (isDict(child) && typeof child._id === 'string') found.set(child._id, child)
  const all = [...found.values()]
  return entity._deleted === true ? all.map((child) => ({ ...child, _deleted: true })) : all
}
