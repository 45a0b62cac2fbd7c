/** Settings of a model that cannot do what they say: parts of a key that do not fit, a time that is none, a path for no service. */
import { REST_SYSTEM } from '../config/model/syntax.ts'
import { get } from '../entity/dict.ts'
import { isObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'
import type { Model, ModelMapping } from './model.ts'

const linkParts = problem<{ mapping: string; parts: number; references: string; needed: number }>({
  code: 'model-link-parts',
  severity: 'warning',
  says: ({ mapping, parts, references, needed }) =>
    `A link of the mapping ${mapping} gives ${parts} properties for the key of ${references}, which has ${needed}.`,
  fix: () => 'Name as many properties as the key has, or say in keys which of them are meant.',
})
const noTime = problem<{ mapping: string; since: string }>({
  code: 'model-since-no-time',
  severity: 'warning',
  says: ({ mapping, since }) => `The mapping ${mapping} is for records since “${since}”, which is no date or time.`,
  fix: () => 'Write it as 2026-01-31 or 2026-01-31T12:00:00Z.',
})
const noService = problem<{ system: string; datatype: string; key: string }>({
  code: 'model-path-without-service',
  severity: 'warning',
  says: ({ system, datatype, key }) =>
    `${datatype} of ${system} has ${key}, which means something only for a REST system, and ${system} is none.`,
  fix: ({ key }) => `Configure the system as a REST system, or remove ${key}.`,
})
const keyTwice = problem<{ concept: string; property: string }>({
  code: 'model-key-names-twice',
  severity: 'warning',
  says: ({ concept, property }) => `A key of ${concept} names ${property} twice.`,
  fix: () => 'Name it once.',
})

type Report = (found: Problem, path: JsonPath) => void

/** Reports settings that cannot do what they say. */
export function checkSettings(model: Model, report: Report): void {
  for (const [system, { config, datatypes }] of Object.entries(model.systems)) {
    if (isObject(config) && get(config, 'type') === REST_SYSTEM) continue
    for (const [datatype, declared] of Object.entries(datatypes))
      for (const key of ['path', 'records'] as const)
        if (declared[key] !== undefined)
          report(noService({ system, datatype, key }), ['systems', system, 'datatypes', datatype, key])
  }
  for (const [concept, { keys = [] }] of Object.entries(model.concepts))
    for (const [index, key] of keys.entries()) {
      const property = key.find((each, at) => key.indexOf(each) < at)
      if (property !== undefined) report(keyTwice({ concept, property }), ['concepts', concept, 'keys', index])
    }
  for (const [index, mapping] of model.mappings.entries()) checkMapping(model, mapping, index, report)
}

function checkMapping(model: Model, { name, share, links = [] }: ModelMapping, index: number, report: Report): void {
  const since = share?.since
  if (since !== undefined && !/^\d{4}-\d\d(-\d\d([T ]\d\d.*)?)?$/.test(since))
    report(noTime({ mapping: name, since }), ['mappings', index, 'share', 'since'])
  for (const [place, { properties, references, keys }] of links.entries()) {
    const target = model.mappings.find((each) => each.name === references)
    const key = keys ?? model.systems[target?.system ?? '']?.datatypes[target?.datatype ?? '']?.key
    if (target?.parent === undefined && key !== undefined && key.length !== properties.length)
      report(linkParts({ mapping: name, parts: properties.length, references, needed: key.length }), [
        'mappings',
        index,
        'links',
        place,
      ])
  }
}
