/** What the edits of a project do to its data, for the page: both states run in memory; stored data is not touched. */

import type { FileContents } from '../config/project/read.ts'
import type { Entity } from '../entity/value.ts'
import { inboxOf } from '../run/inbox.ts'
import { repeatable } from '../storage/repeatable.ts'
import { effectBetween, type ProjectEffect } from '../testing/effect.ts'
import type { ProjectState } from '../testing/project-edits.ts'
import { capability } from './capability.ts'
import { suppliedTexts } from './supplied-texts.ts'
import { type InMemory, openInMemory } from './tests.ts'

/** The most entities that are taken of an inbox; both states see the same ones. */
const SAMPLE_ENTITIES = 20_000

/**
 * What the project gives otherwise than with the files of before, run from the beginning in memory on the same input.
 * `sampled`: pipes of whose inbox only the beginning was read.
 */
export const effect = capability('effect', 'draft', async (before: FileContents, { host }) => {
  const { session, store } = host.current()
  const { environment } = host.platform
  const given = await suppliedTexts(store)
  const sampled = new Set<string>()
  const inboxSample = (pipe: string) =>
    session.hasInbox(pipe) ? limitedBatches(inboxOf(session.runner.store, pipe), () => sampled.add(pipe)) : null
  const found = await projectEffect(
    { project: session.withFiles(before), files: before },
    { project: session.project, files: session.contents },
    { given, inbox: inboxSample, environment },
  )
  return { ...found, sampled: [...sampled].sort() }
})

/** What one state of a project gives otherwise than another one, each run from the beginning in memory. */
export function projectEffect(
  before: ProjectState,
  after: ProjectState,
  { environment, ...inputs }: Pick<InMemory, 'given' | 'inbox' | 'environment'>,
): Promise<ProjectEffect> {
  // Both states see the same moment and the same random numbers, so that only edits make a difference.
  const moment = environment.now()
  return effectBetween(before, after, ({ project, files }, clock) => {
    const same = repeatable(moment, clock)
    return openInMemory(project, files, { ...inputs, environment: same.rules, storeEnvironment: same.store })
  })
}

async function* limitedBatches(
  batches: AsyncIterable<readonly Entity[]>,
  cut: () => void,
): AsyncGenerator<readonly Entity[], void, void> {
  let left = SAMPLE_ENTITIES
  for await (const batch of batches) {
    yield batch.slice(0, left)
    left -= batch.length
    if (left < 0) return cut()
  }
}
