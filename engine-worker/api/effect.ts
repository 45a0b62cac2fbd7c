/** What the edits of a project do to its data, for the page: both states run in memory; stored data is not touched. */

import type { Supplied } from '../connectors/open-context.ts'
import type { FileContents } from '../connectors/read.ts'
import type { Entity } from '../entity/value.ts'
import type { Engine } from '../protocol.ts'
import { inboxOf } from '../run/inbox.ts'
import type { Session } from '../run/session.ts'
import { repeatable } from '../storage/repeatable.ts'
import type { Surroundings } from '../storage/store.ts'
import { effectBetween } from '../testing/effect.ts'
import type { ProjectState } from '../testing/project-edits.ts'
import { openInMemory } from './tests.ts'

/** Of an inbox only so many entities are taken, which both states see. */
const sample = 20_000

/** Compares what comes out of the project with what came out of it when it had these files. */
export async function effectOf(
  session: Session,
  before: FileContents,
  given: ReadonlyMap<string, Supplied>,
  surroundings: Surroundings,
): ReturnType<Engine['effect']> {
  const sampled = new Set<string>()
  const inbox = (pipe: string) =>
    session.hasInbox(pipe) ? first(inboxOf(session.runner.store, pipe), () => sampled.add(pipe)) : null
  // Both states see the same moment and the same random numbers, so that only edits make a difference.
  const moment = surroundings.now()
  const open = ({ project, files }: ProjectState) => {
    const { rules, store } = repeatable(moment)
    return openInMemory(project, files, { given, inbox, surroundings: rules, storeSurroundings: store })
  }
  const effect = await effectBetween(
    { project: session.withFiles(before), files: before },
    { project: session.project, files: session.contents },
    open,
  )
  return { ...effect, sampled: [...sampled].sort() }
}

async function* first(
  batches: AsyncIterable<readonly Entity[]>,
  cut: () => void,
): AsyncGenerator<readonly Entity[], void, void> {
  let left = sample
  for await (const batch of batches) {
    yield batch.slice(0, left)
    left -= batch.length
    if (left < 0) return cut()
  }
}
