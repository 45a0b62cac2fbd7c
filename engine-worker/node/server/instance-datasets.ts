/** The datasets of an instance: those that are there, and which pipe writes or owns each. */

import { createHash } from 'node:crypto'
import { executionLog } from '../../config/project/system-datasets.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { inboxDataset } from '../../run/inbox.ts'
import { outputDataset } from '../../run/pump/outside-writer.ts'
import type { Session } from '../../run/session.ts'
import { settingsOf } from '../../run/settings.ts'
import { sourceCopy } from '../../run/sources/outside.ts'
import type { DatasetInfo, DatasetStore } from '../../storage/store.ts'

/** Marks a dataset that was deleted and not written since. */
const REMOVED_MARK = 'removed'

export class InstanceDatasets {
  /** @param name of the instance */
  constructor(
    private readonly name: string,
    private readonly session: Session,
    private readonly store: DatasetStore,
  ) {}

  /** The pipe that writes to a dataset, or null. */
  writerOf(dataset: string): OpenPipe | null {
    return (
      this.session
        .openPipes()
        .find(({ runnable: { sink } }) => sink.writes === 'dataset' && sink.dataset === dataset) ?? null
    )
  }

  /** The `_id` of the pipe whose permissions count for a dataset: the one that writes it, or whose log or letters it is. */
  ownerOf(dataset: string): string | null {
    const isOwnDataset = (id: string) =>
      [executionLog(id), outputDataset(id), sourceCopy(id), inboxDataset(id)].includes(dataset)
    const pipes = this.session.openPipes()
    const found = pipes.find(({ effective, runnable }) => {
      const writes = runnable.sink.writes === 'dataset' && runnable.sink.dataset === dataset
      return writes || isOwnDataset(effective.id) || settingsOf(runnable).deadLetterDataset === dataset
    })
    return found?.effective.id ?? null
  }

  /** A dataset that is there; one that was deleted is not, until it is written again. */
  async find(name: string): Promise<DatasetInfo | null> {
    const info = await this.store.info(name)
    return info && isThere(info) ? info : null
  }

  /** The datasets that are there. */
  async list(): Promise<readonly DatasetInfo[]> {
    return (await this.store.list()).filter(isThere)
  }

  /** Empties a dataset; positions in it are void from now on. */
  async delete(name: string): Promise<void> {
    const meta = { ...(await this.store.info(name))?.meta, [REMOVED_MARK]: true }
    await this.session.runner.store.commit({ reset: [name], datasets: [{ dataset: name, entities: [], meta }] })
  }

  /** Another text for each life of a dataset. */
  generationOf({ name, generation }: DatasetInfo): string {
    const text = createHash('sha256').update(`${this.name}\u0000${name}\u0000${generation}`).digest('hex')
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  }
}

function isThere({ meta, versions, populated }: DatasetInfo): boolean {
  return meta[REMOVED_MARK] !== true || versions > 0 || populated
}
