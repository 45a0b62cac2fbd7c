/** Questions to the engine about the open project; none of them changes the configuration. */

import type {
  Catalogue,
  Engine,
  EntityPlace,
  Lineage,
  Overlap,
  OverlapRequest,
  Provenance,
  Rows,
  RowsRequest,
} from '../../../engine-worker/index.ts'
import { engineFiles, type Problem, type Project } from '../../../engine-worker/index.ts'
import { engineConnection, sync } from './open-project.ts'
import { useEngine } from './state.ts'

/** The servers that the configuration of the open project names. */
export async function hosts(): ReturnType<Engine['hosts']> {
  await sync()
  return engineConnection.call((engine) => engine.hosts())
}

/** A window of entities. */
export async function rows(request: RowsRequest): Promise<Rows> {
  await sync()
  return engineConnection.call((engine) => engine.rows(request))
}

/** What was supplied for sources of the open project. */
export async function supplied(): Promise<
  readonly { readonly pipe: string; readonly name: string; readonly text: string }[]
> {
  await sync()
  return engineConnection.call((engine) => engine.supplied())
}

/** How often values of two datasets are equal; pairs are suggested where none are given. */
export async function findOverlaps(request: OverlapRequest): Promise<readonly Overlap[]> {
  await sync()
  return engineConnection.call((engine) => engine.overlaps(request))
}

/** Expressions that give a wanted value for an entity. */
export async function byExample(request: Parameters<Engine['byExample']>[0]): ReturnType<Engine['byExample']> {
  await sync()
  return engineConnection.call((engine) => engine.byExample(request))
}

/** The properties of a dataset: in its entities, or written by rules. */
export async function properties(dataset: string): Promise<readonly string[]> {
  await sync()
  return engineConnection.call((engine) => engine.properties(dataset))
}

/** What a property is made of, and what is made of it. */
export async function lineage(dataset: string, property: string): Promise<Lineage> {
  await sync()
  return engineConnection.call((engine) => engine.lineage({ dataset, property }))
}

/** Where one entity came from and what became of it. */
export function provenance(place: EntityPlace): Promise<Provenance> {
  return engineConnection.call((engine) => engine.provenance(place))
}

/** All versions of an entity as texts, newest first. */
export async function versions(dataset: string, id: string): Promise<readonly string[]> {
  await sync()
  return engineConnection.call((engine) => engine.versions({ dataset, id }))
}

/** Removes the datasets of a project that is deleted. */
export async function destroy(project: string): Promise<void> {
  await engineConnection.call((engine) => engine.destroy(project))
}

/** The declared functions and kinds; asked for once. */
export async function catalogue(): Promise<Catalogue> {
  const known = useEngine.getState().catalogue
  if (known) return known
  const asked = await engineConnection.call((engine) => engine.catalogue())
  useEngine.setState({ catalogue: asked })
  return asked
}

/** Evaluates a worked example of a function. */
export function example(
  name: string,
  index: number,
): Promise<{ readonly gives: string; readonly passes: boolean; readonly problem?: Problem }> {
  return engineConnection.call((engine) => engine.example({ function: name, example: index }))
}

/** What comes out now, as files that expect it: of tests by name, or of every output pipe without a test. */
export async function expected(of: 'missing' | readonly string[]): ReturnType<Engine['expected']> {
  await sync()
  return engineConnection.call((engine) => engine.expected(of))
}

/** What the project gives otherwise than the one it was: both run in memory. */
export async function effect(before: Project): ReturnType<Engine['effect']> {
  await sync()
  return engineConnection.call((engine) => engine.effect(engineFiles(before)))
}

/** Runs the project from the beginning in memory and compares with its expected outputs. */
export async function tests(): ReturnType<Engine['tests']> {
  await sync()
  return engineConnection.call((engine) => engine.tests())
}
