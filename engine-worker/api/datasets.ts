/** The datasets of a project. */
import { datasetWritten } from '../config/project/facts.ts'
import { inboxOwner, isInboxStaging } from '../run/inbox.ts'
import { outputDataset } from '../run/pump/outside-writer.ts'
import { sourceCopy } from '../run/sources/outside.ts'
import type { DatasetInfo } from '../storage/store.ts'
import { capability } from './capability.ts'
import type { OpenedProject } from './host.ts'

/** A dataset as lists show it. */
export interface DatasetSummary {
  readonly name: string
  readonly producer: string | null
  readonly live: number
  readonly deleted: number
  readonly versions: number
  readonly lastUpdated: number
  readonly bytes: number
  /** Captured output of an outside sink, or supplied data of a source, instead of a pipe's dataset. */
  readonly role: 'dataset' | 'output' | 'supplied'
}

/** All datasets that are stored, each with the pipe that fills it. */
export async function datasetsOf({
  session,
  store,
}: Pick<OpenedProject, 'session' | 'store'>): Promise<DatasetSummary[]> {
  const producers = new Map<string, string>()
  for (const { effective } of session.pipes()) {
    const writes = datasetWritten(effective.sink)
    producers.set(outputDataset(effective.id), effective.id)
    producers.set(sourceCopy(effective.id), effective.id)
    if (writes !== null) producers.set(writes, effective.id)
  }
  const shown = (await store.list()).filter(({ name }) => !isInboxStaging(name))
  return shown.map((info) => summaryOf(info, producers.get(info.name) ?? null))
}

/** The datasets of the open project. */
export const datasets = capability('datasets', 'draft', (_: null, { host }) => datasetsOf(host.current()))

function summaryOf(info: DatasetInfo, producer: string | null): DatasetSummary {
  const { name, live, deleted, versions, lastUpdated, bytes } = info
  const supplied = name.startsWith(sourceCopy('')) || inboxOwner(name) !== null
  const role = name.startsWith(outputDataset('')) ? 'output' : supplied ? 'supplied' : 'dataset'
  return { name, producer, live, deleted, versions, lastUpdated, bytes, role }
}
