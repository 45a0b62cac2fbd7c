/** The search indexes of the open project, which follow its datasets while the search is on screen. */
import { useEffect, useState } from 'react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'

/** How far the index of each dataset is. */
type IndexStates = AnswerOf<'follow-search'>['indexes']

export interface SearchIndexesState {
  readonly states: IndexStates
  readonly isWorking: boolean
  /** What the columns of each dataset take, in bytes; they are kept once the indexes are complete. */
  readonly columns: ReadonlyMap<string, number>
  /** The datasets that are not searched. */
  readonly off: ReadonlySet<string>
  /** Goes up whenever more can be found. */
  readonly made: number
  /** Switches the search of a dataset on or off. */
  readonly setOn: (dataset: string, on: boolean) => void
}

/** Brings the indexes up to date, now and whenever a run has changed the datasets. */
export function useSearchIndexes(): SearchIndexesState {
  const isReady = useEngine((state) => state.state === 'ready')
  const dataVersion = useEngine((state) => state.dataVersion)
  const [switched, setSwitched] = useState(0)
  const [states, setStates] = useState<IndexStates>([])
  const [isWorking, setWorking] = useState(false)
  const [made, setMade] = useState(0)
  const [columns, setColumns] = useState<ReadonlyMap<string, number>>(new Map())
  const [off, setOff] = useState<ReadonlySet<string>>(new Set())
  const requestKey = isReady ? `${dataVersion} ${switched}` : null
  useEffect(() => {
    if (requestKey === null) return
    const request = new AbortController()
    setWorking(true)
    const followIndexes = async () => {
      try {
        const { indexes, off } = await ask('follow-search', null, {
          signal: request.signal,
          onEvent: (progress) => {
            setStates((old) => [...old.filter(({ dataset }) => dataset !== progress.dataset), progress])
            setMade((before) => before + 1)
          },
        })
        if (request.signal.aborted) return
        setStates(indexes)
        setOff(new Set(off))
        setMade((before) => before + 1)
        setWorking(false)
        const sizes = await ask('follow-columns', {}, { signal: request.signal })
        if (!request.signal.aborted) setColumns(new Map(sizes.map(({ dataset, bytes }) => [dataset, bytes])))
      } catch (error) {
        if (request.signal.aborted) return
        setWorking(false)
        toast(failureText(error), 'bad')
      }
    }
    void followIndexes()
    return () => request.abort()
  }, [requestKey])
  const setOn = (dataset: string, on: boolean) => {
    setOff((before) => new Set(on ? [...before].filter((each) => each !== dataset) : [...before, dataset]))
    const fresh = { dataset, indexed: 0, entities: 0, bytes: 0, complete: false }
    if (on) setStates((before) => [...before, fresh])
    void ask('switch-search', { dataset, on }).then(
      () => setSwitched((before) => before + 1),
      (error: unknown) => toast(failureText(error), 'bad'),
    )
  }
  return { states, isWorking, columns, made, off, setOn }
}
