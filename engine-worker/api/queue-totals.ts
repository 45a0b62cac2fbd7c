/** What waits to be read in the pipes of a session. */
import { queueOf } from '../run/queues.ts'
import type { Session } from '../run/session.ts'
import { factsOfPipes } from '../run/session-facts.ts'
import type { DatasetStore } from '../storage/store.ts'

/** What waits, by pipe, most first; pipes with nothing are left out. */
export async function waitingByPipe(
  store: DatasetStore,
  session: Session,
): Promise<readonly { readonly pipe: string; readonly waiting: number }[]> {
  const found: { pipe: string; waiting: number }[] = []
  for (const fact of factsOfPipes(session)) {
    const { source, dependencies } = await queueOf(store, fact)
    if (source + dependencies > 0) found.push({ pipe: fact.pipe, waiting: source + dependencies })
  }
  return found.sort((a, b) => b.waiting - a.waiting)
}

/** What waits in all pipes, in entities. */
export async function totalQueue(store: DatasetStore, session: Session): Promise<number> {
  return (await waitingByPipe(store, session)).reduce((sum, { waiting }) => sum + waiting, 0)
}
