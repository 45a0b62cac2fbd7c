/**
 * Test data of pipes: entities that stand in the configuration (`embedded` sources), or that were supplied for a source.
 * The first is edited as the project is; what was supplied is kept apart from its history, so that an edit of it brings its
 * own way back.
 */
import {
  type Component,
  componentValue,
  declaredKind,
  isObject,
  type Json,
  type JsonObject,
  printJson,
  readJson,
} from '../../../engine-worker/index.ts'
import { useDeclared } from '../catalogue.ts'
import { ask } from '../engine/open-project.ts'
import { useEngine } from '../engine/state.ts'
import { supplySource } from './ingest.ts'
import { editComponent, useProject } from './project.ts'

/** Where the entities of a dataset can be edited. */
export interface TestDataPlace {
  readonly pipe: string
  readonly is: 'configured' | 'supplied'
}

/** Characters of supplied data that are edited as one text. */
const maxCharacters = 5_000_000

/** The pipe whose test data a dataset shows, for components; null where its entities come from elsewhere. */
export function useTestDataPlace(dataset: string): TestDataPlace | null {
  const readOnly = useProject((state) => state.readOnly)
  // The declarations of sources say which of them hold entities.
  const isKnown = useDeclared() !== null
  return readOnly || !isKnown ? null : testDataPlace(dataset)
}

function testDataPlace(dataset: string): TestDataPlace | null {
  const summary = useEngine.getState().datasets.find(({ name }) => name === dataset)
  const pipe = summary?.producer ?? null
  if (!summary || pipe === null) return null
  if (summary.role === 'supplied') return { pipe, is: 'supplied' }
  const component = pipeComponent(pipe)
  if (!component) return null
  const { source, transform } = componentValue(component)
  const isEmbedded = isObject(source ?? null) && Array.isArray(entitiesIn(source))
  const isChanged = Array.isArray(transform) ? transform.length > 0 : transform !== undefined
  return isEmbedded && !isChanged ? { pipe, is: 'configured' } : null
}

function pipeComponent(pipe: string): Component | null {
  const { components } = useProject.getState().document.content
  return Object.values(components).find(({ kind, id }) => kind === 'pipe' && id === pipe) ?? null
}

/** The entities that stand in a source. */
function entitiesIn(source: Json | undefined): Json | undefined {
  if (source === undefined || !isObject(source)) return undefined
  return declaredKind('source', String(source.type))?.holdsEntities === true ? source.entities : undefined
}

/** Whether it was changed; of supplied data with the way back. */
interface ChangeResult {
  readonly done: boolean
  readonly back: (() => Promise<void>) | null
}

const refusedChange: ChangeResult = { done: false, back: null }

/** Puts an entity in the place of the one with an id, adds it (`id` null), or removes it (`entity` null); gives the way back. */
export async function changeTestData(
  { pipe, is }: TestDataPlace,
  label: string,
  id: string | null,
  entity: JsonObject | null,
): Promise<ChangeResult> {
  if (is === 'configured') {
    const component = pipeComponent(pipe)
    if (!component) return refusedChange
    editComponent(component.key, label, (config) => {
      const entities = entitiesIn(componentValue(component).source)
      const list = changedEntities(Array.isArray(entities) ? entities : [], id, entity)
      if (typeof config.source === 'object' && config.source !== null) Object.assign(config.source, { entities: list })
      return undefined
    })
    return { done: true, back: null }
  }
  const project = useProject.getState().id
  if (project === null) return refusedChange
  const { given } = await ask('supplied', { project, most: maxCharacters })
  const before = given.find((each) => each.pipe === pipe)
  // A table is not written back: its values would be no texts any more.
  if (!before || !/\.(json|ndjson|jsonl)$/i.test(before.name)) return refusedChange
  const after = changedEntities(entitiesOf(before.text), id, entity)
  const text = `[\n${after.map((each) => printJson(each)).join(',\n')}\n]\n`
  await supplySource({ pipe, name: `${pipe}.json`, text })
  return { done: true, back: async () => void (await supplySource({ pipe, name: before.name, text: before.text })) }
}

function changedEntities(entities: readonly Json[], id: string | null, entity: JsonObject | null): readonly Json[] {
  const at = entities.findIndex((each) => isObject(each) && each._id === id)
  if (at < 0) return entity === null ? entities : [...entities, entity]
  return entities.flatMap((each, place) => (place === at ? (entity === null ? [] : [entity]) : [each]))
}

/** The entities of a text: a list, or one a line. */
function entitiesOf(text: string): readonly Json[] {
  if (text.trimStart().startsWith('[')) {
    const list = readJson(text)
    return Array.isArray(list) ? list : [list]
  }
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [readJson(line)]))
}
