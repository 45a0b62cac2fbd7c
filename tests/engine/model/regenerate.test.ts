/** Model and pipes linked: hand edits survive regeneration, and generating again changes nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import type { Model } from '../../../engine-worker/model/model.ts'
import { regenerate } from '../../../engine-worker/model/regenerate.ts'
import { takenOver } from '../../../engine-worker/model/take-over.ts'
import {
  componentById,
  componentValue,
  filesOf,
  putValue,
  removeComponent,
} from '../../../engine-worker/text/project.ts'
import { emptyProject, type Project } from '../../../engine-worker/text/project-files.ts'
import { randomModel } from './random.ts'

const timeout = Math.max(60_000, Number(process.env.LAWS ?? 0) * 300)

const model = (properties: readonly string[], filter?: string): Model => ({
  version: 1,
  systems: { crm: { datatypes: { person: { key: ['id'] } } }, erp: { datatypes: { person: { key: ['id'] } } } },
  concepts: {
    person: {
      keys: [['email']],
      properties: Object.fromEntries(['email', ...properties].map((name) => [name, { rule: 'priority' }])),
    },
  },
  mappings: ['crm', 'erp'].map((system) => ({
    name: `${system}-person`,
    system,
    datatype: 'person',
    concept: 'person',
    ...(filter === undefined ? {} : { filter: { sql: filter } }),
    properties: ['email', ...properties].map((name) => ({ from: name, to: name })),
  })),
})

function configOf(project: Project, id: string): JsonObject {
  const component = componentById(project, id)
  if (component === undefined) throw new Error(`there is no ${id}`)
  return componentValue(component)
}

function withEditedPipe(project: Project, id: string, value: JsonObject): Project {
  return putValue(project, componentById(project, id)?.key ?? '', value)
}

function componentsOf({ components }: Project): Record<string, JsonObject> {
  return Object.fromEntries(Object.values(components).map((each) => [each.id, componentValue(each)]))
}

const states = (result: ReturnType<typeof regenerate>) =>
  Object.fromEntries(result.components.filter(({ is }) => is !== 'same').map(({ id, is }) => [id, is]))

describe('regeneration', () => {
  test('of what was generated changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('name', 'phone', 'city', 'zip')), (properties) => {
        const once = regenerate(emptyProject, model(properties))
        const again = regenerate(once.project, model(properties))
        expect(filesOf(again.project)).toEqual(filesOf(once.project))
        expect(states(again)).toEqual({})
      }),
      { numRuns: 20 },
    )
  })

  test(
    'of any model changes nothing, and keeps hand edits whatever the model becomes',
    () => {
      fc.assert(
        fc.property(randomModel, randomModel, fc.nat(), (first, second, which) => {
          const once = regenerate(emptyProject, first).project
          expect(states(regenerate(once, first))).toEqual({})
          const pipes = Object.values(once.components).filter(({ kind }) => kind === 'pipe')
          const { id = '' } = pipes[which % pipes.length] ?? {}
          const before = configOf(once, id)
          const mine = withEditedPipe(once, id, { ...before, comment: 'mine', batch_size: 7 })
          const after = regenerate(mine, second)
          expect(configOf(after.project, id)).toMatchObject({ comment: 'mine', batch_size: 7 })
          const again = regenerate(after.project, second)
          expect(filesOf(again.project)).toEqual(filesOf(after.project))
        }),
        { numRuns: process.env.LAWS === undefined ? 25 : Math.ceil(Number(process.env.LAWS) / 10) },
      )
    },
    timeout,
  )

  test('keeps hand edits and takes what the model changed beside them', () => {
    const once = regenerate(emptyProject, model(['name'])).project
    const before = configOf(once, 'crm-person-enrich')
    const byHand = withEditedPipe(once, 'crm-person-enrich', { ...before, batch_size: 7, comment: 'mine' })
    const after = regenerate(byHand, model(['name', 'phone']))
    expect(states(after)['crm-person-enrich']).toBe('edited')
    expect(states(after)['erp-person-enrich']).toBe('changed')
    const merged = configOf(after.project, 'crm-person-enrich')
    expect(merged).toMatchObject({ batch_size: 7, comment: 'mine' })
    expect(JSON.stringify(merged)).toContain('crm-person:phone')
    // The edits are kept by a third generation too.
    const third = regenerate(after.project, model(['name', 'phone']))
    expect(configOf(third.project, 'crm-person-enrich')).toEqual(merged)
  })

  test('keeps a step that was added by hand among generated steps', () => {
    const once = regenerate(emptyProject, model(['name'])).project
    const before = structuredClone(configOf(once, 'global-person'))
    const rules = (before.transform as { rules: { default: Json[] } }).rules
    rules.default.push(['add', 'mine', 1])
    const after = regenerate(withEditedPipe(once, 'global-person', before), model(['phone']))
    const merged = JSON.stringify(configOf(after.project, 'global-person'))
    expect(merged).toContain('["add","mine",1]')
    expect(merged).toContain('global-person:phone')
    expect(merged).not.toContain('global-person:name')
  })

  test(
    'in the other form, and back, keeps hand edits, and changes no pipe that stays',
    () => {
      fc.assert(
        fc.property(randomModel, fc.nat(), fc.boolean(), (given, which, isPlain) => {
          const first = isPlain ? ('plain' as const) : ('composite' as const)
          const other = isPlain ? ('composite' as const) : ('plain' as const)
          const once = regenerate(emptyProject, { ...given, pipes: first }).project
          const there = regenerate(once, { ...given, pipes: other })
          expect(componentsOf(there.project)).toEqual(
            componentsOf(regenerate(emptyProject, { ...given, pipes: other }).project),
          )
          expect(there.components.filter(({ is }) => is === 'conflict' || is === 'kept')).toEqual([])
          const back = regenerate(there.project, { ...given, pipes: first })
          expect(componentsOf(back.project)).toEqual(componentsOf(once))
          const stays = Object.values(once.components).filter(
            ({ kind, id }) => kind === 'pipe' && componentById(there.project, id),
          )
          const { id = '' } = stays[which % stays.length] ?? {}
          const mine = withEditedPipe(once, id, { ...configOf(once, id), comment: 'mine', batch_size: 7 })
          const moved = regenerate(mine, { ...given, pipes: other })
          expect(configOf(moved.project, id)).toMatchObject({ comment: 'mine', batch_size: 7 })
          expect(moved.components.find((each) => each.id === id)?.is).toBe('edited')
          expect(componentsOf(regenerate(moved.project, { ...given, pipes: first }).project)).toEqual(
            componentsOf(mine),
          )
        }),
        { numRuns: process.env.LAWS === undefined ? 15 : Math.ceil(Number(process.env.LAWS) / 10) },
      )
    },
    timeout,
  )

  test('in composite form takes what was edited in both of its pipes, and leaves what one pipe cannot hold', () => {
    const plain: Model = { ...model(['name']), pipes: 'plain' }
    const once = regenerate(emptyProject, plain).project
    const split = 'crm-person-transform-split'
    const { transform } = configOf(once, split)
    const rules = isObject(transform) && isObject(transform.rules) ? transform.rules : {}
    const own = { type: 'dtl', rules: { ...rules, mine: [['add', 'mine', 1]] } }
    const byHand = withEditedPipe(once, split, { ...configOf(once, split), transform: own })
    const after = regenerate(byHand, { ...plain, pipes: 'composite' })
    expect(JSON.stringify(configOf(after.project, 'crm-person-transform'))).toContain('["add","mine",1]')
    expect(states(after)).toMatchObject({ [split]: 'removed', 'crm-person-transform': 'edited' })
    const odd = withEditedPipe(once, split, { ...configOf(once, split), comment: 'mine' })
    const kept = regenerate(odd, { ...plain, pipes: 'composite' })
    expect(states(kept)).toMatchObject({ [split]: 'kept', 'crm-person-transform': 'changed' })
    expect(configOf(kept.project, split)).toMatchObject({ comment: 'mine' })
  })

  test('says where model and edit disagree, and keeps the edit', () => {
    const once = regenerate(emptyProject, model(['name'], "kind = 'a'")).project
    const before = configOf(once, 'crm-person-collect')
    const byHand = withEditedPipe(once, 'crm-person-collect', { ...before, source: { type: 'empty' } })
    const other: Model = structuredClone(model(['name'], "kind = 'a'"))
    const changed = {
      ...other,
      systems: { ...other.systems, crm: { datatypes: { person: { key: ['id'], source: { type: 'fake' } } } } },
    }
    const after = regenerate(byHand, changed)
    expect(states(after)['crm-person-collect']).toBe('conflict')
    expect(configOf(after.project, 'crm-person-collect').source).toMatchObject({ type: 'empty' })
  })

  test('removes what the model no longer has, but for what was edited', () => {
    const once = regenerate(emptyProject, model(['name'])).project
    const before = configOf(once, 'erp-person-share')
    const byHand = withEditedPipe(once, 'erp-person-share', { ...before, comment: 'mine' })
    const { mappings, ...rest } = model(['name'])
    const after = regenerate(byHand, { ...rest, mappings: mappings.slice(0, 1) })
    expect(states(after)).toMatchObject({ 'erp-person-enrich': 'removed', 'erp-person-share': 'kept' })
    expect(componentById(after.project, 'erp-person-enrich')).toBeUndefined()
  })

  test('leaves out what was removed by hand', () => {
    const once = regenerate(emptyProject, model(['name'])).project
    const removed = removeComponent(once, componentById(once, 'erp-person-share')?.key ?? '')
    const after = regenerate(removed, model(['name', 'phone']))
    expect(states(after)['erp-person-share']).toBe('missing')
  })
})

describe('what was edited by hand', () => {
  test('is taken into the model where it can say all of it', () => {
    const given = model(['name'])
    const { project } = regenerate(emptyProject, given)
    const share = configOf(project, 'crm-person-share')
    const sink = { type: 'json', system: 'crm', url: 'person' }
    expect(takenOver(given, 'crm-person-share', { ...share, sink })).toEqual([
      { path: ['systems', 'crm', 'datatypes', 'person', 'sink'], value: sink },
    ])
    const global = configOf(project, 'global-person')
    const source = { ...(isObject(global.source) ? global.source : {}), max_merged: 3 }
    expect(takenOver(given, 'global-person', { ...global, source })).toEqual([
      { path: ['concepts', 'person', 'limit'], value: 3 },
    ])
    expect(takenOver(given, 'global-person', { ...global, source, transform: [] })).toBeNull()
    for (const wrong of [0, -1, '5', null])
      expect(takenOver(given, 'global-person', { ...global, source: { ...source, max_merged: wrong } })).toBeNull()
    expect(takenOver(given, 'global-person', global)).toBeNull()
    expect(takenOver(given, 'nobody', global)).toBeNull()
  })

  test('is given up alone, and what only systems make is written alone', () => {
    const given = model(['name'])
    const { project } = regenerate(emptyProject, given)
    const config = configOf(project, 'crm-person-share')
    const changed = withEditedPipe(project, 'crm-person-share', { ...config, batch_size: 7 })
    const again = regenerate(changed, given, { reset: ['crm-person-share'] })
    expect(configOf(again.project, 'crm-person-share')).toEqual(config)
    const only = regenerate(emptyProject, given, { only: ([part]) => part === 'systems' })
    expect(only.components.map(({ id }) => id)).toEqual(['crm-person-collect', 'erp-person-collect'])
    expect(states(regenerate(only.project, given))).not.toHaveProperty('crm-person-collect')
  })
})
