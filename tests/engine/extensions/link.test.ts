/** Connectors in a project: linked, changed by datatype, and updated without losing edits. */
import { describe, expect, it } from 'vitest'
import { expandConnector } from '../../../engine-worker/extensions/expand.ts'
import { connectorFacts } from '../../../engine-worker/extensions/facts.ts'
import { type LinkedConnector, linkedConnectors, withConnector } from '../../../engine-worker/extensions/link.ts'
import type { ConnectorFiles } from '../../../engine-worker/extensions/manifest.ts'
import { addDatatype, newConnector } from '../../../engine-worker/extensions/scaffold.ts'
import {
  componentById,
  componentValue,
  engineFiles,
  projectOf,
  putFile,
  putValue,
} from '../../../engine-worker/text/project.ts'
import type { Project } from '../../../engine-worker/text/project-files.ts'

function connectorOf(...datatypes: readonly string[]): ConnectorFiles {
  let files = newConnector('shop', 'api_key')
  for (const name of datatypes) files = { ...files, ...addDatatype(files, name, true) }
  return files
}

const files = connectorOf('customer', 'order')
const ownConnector: LinkedConnector = { folder: 'shop-connector', files, system: 'shop', datatypes: ['customer'] }
const empty = projectOf([]).value
const states = (components: ReturnType<typeof withConnector>['components']) =>
  Object.fromEntries(components.map(({ id, is }) => [id, is]))
const pipesOf = (project: Project) => Object.values(project.components).map(({ id }) => id)

describe('withConnector', () => {
  it('adds the chosen datatypes as the command line expands them, and knows the connector again', () => {
    const { project } = withConnector(empty, null, ownConnector)
    const commandLine = expandConnector(files, { system: 'shop', profile: 'test' })
    const written = engineFiles(project)
    for (const id of ['all', 'collect', 'share', 'transform']) {
      const path = `pipes/shop-customer-${id}.conf.json`
      expect(JSON.parse(String(written[path]))).toEqual(JSON.parse(commandLine[path] ?? ''))
    }
    expect(pipesOf(project)).toHaveLength(5)
    expect(linkedConnectors(written)).toEqual([ownConnector])
  })

  it('adds and removes datatypes later, and takes the connector out again', () => {
    const first = withConnector(empty, null, ownConnector).project
    const both = withConnector(first, ownConnector, { ...ownConnector, datatypes: ['customer', 'order'] })
    expect(states(both.components)).toMatchObject({
      'shop-customer-all': 'same',
      'shop-order-all': 'added',
      shop: 'same',
    })
    const one = withConnector(
      both.project,
      { ...ownConnector, datatypes: ['customer', 'order'] },
      { ...ownConnector, datatypes: ['order'] },
    )
    expect(states(one.components)).toMatchObject({ 'shop-customer-all': 'removed', 'shop-order-all': 'same' })
    const gone = withConnector(one.project, { ...ownConnector, datatypes: ['order'] }, null)
    expect(engineFiles(gone.project)).toEqual({})
  })

  it('takes what a newer connector changes, keeps what was edited here, and names what both changed', () => {
    const { project } = withConnector(empty, null, ownConnector)
    const edited = ['all', 'collect'].reduce((all, name) => {
      const component = componentById(all, `shop-customer-${name}`)
      if (component === undefined) throw new Error(name)
      return putValue(all, component.key, { ...componentValue(component), batch_size: 7 })
    }, project)
    const template = JSON.parse(files['templates/customer.json'] ?? '')
    template[0].comment = 'newer'
    template[1].batch_size = 9
    const newer = { ...ownConnector, files: { ...files, 'templates/customer.json': JSON.stringify(template) } }
    const { project: updated, components } = withConnector(edited, ownConnector, newer)
    expect(states(components)).toMatchObject({
      'shop-customer-all': 'changed',
      'shop-customer-collect': 'conflict',
      'shop-customer-share': 'same',
    })
    const value = (id: string) => {
      const component = componentById(updated, id)
      return component && componentValue(component)
    }
    expect(value('shop-customer-all')).toMatchObject({ batch_size: 7, comment: 'newer' })
    expect(value('shop-customer-collect')).toMatchObject({ batch_size: 7 })
  })

  it('takes the side that is chosen for each place that both changed, and leaves the other places', () => {
    const { project } = withConnector(empty, null, ownConnector)
    const component = componentById(project, 'shop-customer-collect')
    if (component === undefined) throw new Error('not made')
    const edited = putValue(project, component.key, {
      ...componentValue(component),
      batch_size: 7,
      comment: 'mine',
      checkpoint_interval: 3,
    })
    const template = JSON.parse(files['templates/customer.json'] ?? '')
    Object.assign(template[1], { batch_size: 9, comment: 'theirs' })
    const newer = { ...ownConnector, files: { ...files, 'templates/customer.json': JSON.stringify(template) } }
    const collect = (choices: Record<string, 'mine' | 'theirs'>) => {
      const made = withConnector(edited, ownConnector, newer, choices)
      const planned = made.components.find(({ id }) => id === 'shop-customer-collect')
      const now = componentById(made.project, 'shop-customer-collect')
      return { planned, value: now && componentValue(now) }
    }
    const { planned, value } = collect({})
    expect(planned?.is).toBe('conflict')
    expect(planned?.conflicts.map(({ path, mine, theirs }) => [path, mine, theirs])).toEqual([
      [['comment'], 'mine', 'theirs'],
      [['batch_size'], 7, 9],
    ])
    expect(value).toMatchObject({ batch_size: 7, comment: 'mine', checkpoint_interval: 3 })
    const key = planned?.conflicts[1]?.key ?? ''
    expect(collect({ [key]: 'theirs' }).value).toMatchObject({
      batch_size: 9,
      comment: 'mine',
      checkpoint_interval: 3,
    })
    expect(collect({ [key]: 'theirs' }).planned?.conflicts).toEqual(planned?.conflicts)
  })

  it('lets a pipe that both have without a common origin, or that one of them removed, be chosen as a whole', () => {
    const pipe = { _id: 'shop-customer-transform', type: 'pipe', source: { type: 'dataset', dataset: 'global' } }
    const path = 'pipes/shop-customer-transform.conf.json'
    const before = projectOf([{ path, content: JSON.stringify(pipe) }]).value
    const key = 'pipe shop-customer-transform []'
    const taken = withConnector(before, null, ownConnector, { [key]: 'theirs' })
    expect(states(taken.components)['shop-customer-transform']).toBe('conflict')
    const made = componentById(taken.project, 'shop-customer-transform')
    expect(made && componentValue(made)).toMatchObject({ source: { dataset: 'shop-customer-collect' } })

    const { project } = withConnector(empty, null, ownConnector)
    const all = componentById(project, 'shop-customer-all')
    if (all === undefined) throw new Error('not made')
    const edited = putValue(project, all.key, { ...componentValue(all), batch_size: 7 })
    const afterRemoval = (choices: Record<string, 'mine' | 'theirs'>) =>
      componentById(withConnector(edited, ownConnector, null, choices).project, 'shop-customer-all')
    expect(afterRemoval({})).toBeDefined()
    expect(afterRemoval({ 'pipe shop-customer-all []': 'theirs' })).toBeUndefined()
  })

  it('leaves a pipe alone that has the name of a new one', () => {
    const pipe = { _id: 'shop-customer-transform', type: 'pipe', source: { type: 'dataset', dataset: 'global' } }
    const path = 'pipes/shop-customer-transform.conf.json'
    const before = projectOf([{ path, content: JSON.stringify(pipe) }]).value
    const { project, components } = withConnector(before, null, ownConnector)
    expect(states(components)['shop-customer-transform']).toBe('kept')
    expect(engineFiles(project)[path]).toBe(JSON.stringify(pipe))
  })
})

describe('examples of a connector', () => {
  const examples = { 'testdata/customer.answers.json': '[1]', 'testdata/order.answers.json': '[2]' }
  const made: LinkedConnector = { ...ownConnector, files: { ...files, ...examples } }
  const data = (project: Project, datatype = 'customer') =>
    engineFiles(project)[`testdata/shop-${datatype}-all.answers.json`]

  it('become test data of the pipes that ask for them, and go with them', () => {
    const { project } = withConnector(empty, null, made)
    expect([data(project), data(project, 'order')]).toEqual(['[1]', undefined])
    const both = withConnector(project, made, { ...made, datatypes: ['customer', 'order'] }).project
    expect([data(both), data(both, 'order')]).toEqual(['[1]', '[2]'])
    const gone = withConnector(both, { ...made, datatypes: ['customer', 'order'] }, null)
    expect(engineFiles(gone.project)).toEqual({})
  })

  it('follow the connector where they were not changed in the project', () => {
    const { project } = withConnector(empty, null, made)
    const newer = { ...made, files: { ...made.files, 'testdata/customer.answers.json': '[3]' } }
    expect(data(withConnector(project, made, newer).project)).toBe('[3]')
    const path = 'testdata/shop-customer-all.answers.json'
    for (const content of ['[4]', null]) {
      const edited = putFile(project, path, content).value
      expect(data(withConnector(edited, made, newer).project)).toBe(content ?? undefined)
    }
  })

  it('are not given to a pipe of that name that is not of the connector', () => {
    const pipe = { _id: 'shop-customer-all', type: 'pipe', source: { type: 'empty' } }
    const path = 'pipes/shop-customer-all.conf.json'
    const before = projectOf([{ path, content: JSON.stringify(pipe) }]).value
    expect(data(withConnector(before, null, made).project)).toBeUndefined()
  })
})

describe('connectorFacts', () => {
  it('says what can be chosen and what is asked for', () => {
    expect(connectorFacts(files)).toMatchObject({
      auth: 'api_key',
      secrets: ['api_key'],
      datatypes: [
        { name: 'customer', reads: true, writes: true, receives: false, parent: null },
        { name: 'order', reads: true, writes: true, receives: false, parent: null },
      ],
      problems: [],
    })
  })
  it('says why a connector cannot be read', () => {
    expect(connectorFacts({ 'manifest.json': '[]' })).toMatchObject({
      datatypes: [],
      problems: [{ code: 'connector-manifest' }],
    })
  })
})
