/** What the engine says of the model, asked again when the model or the data changes. */
import { useMemo } from 'react'
import type { AnswerOf, MatchingReport } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'

/** Milliseconds without an edit before figures are asked for. */
const requestDelay = 80

/** A key that changes with the text and with the data; null where nothing can be asked. */
function useKey(text: string, isSound: boolean, more: string): string | null {
  const version = useEngine((state) => state.dataVersion)
  const ready = useEngine((state) => state.state === 'ready')
  return isSound && ready ? `${version} ${more} ${text}` : null
}

/** How the records of all concepts match. */
export function useMatching(text: string, isSound: boolean): Readonly<Record<string, MatchingReport>> | null {
  const key = useKey(text, isSound, 'matching')
  const about = useProject((state) => state.id)
  return useQuery(key, () => ask('modelMatching', { text }), { about, delay: requestDelay }).value
}

/** The matrix of a concept with the record that is followed. */
export function useMastering(text: string, isSound: boolean, concept: string, at: number) {
  const key = useKey(text, isSound, `mastering ${concept} ${at}`)
  return useQuery(key, () => ask('modelMastering', { text, concept, at }), { about: concept, delay: requestDelay })
}

/** What some records of a concept become. */
export function useGolden(
  text: string,
  isSound: boolean,
  concept: string,
  records: MatchingReport['doubtful'][number]['members'] | null,
) {
  const about = records === null ? null : JSON.stringify(records)
  const key = useKey(text, isSound && records !== null, `golden ${concept} ${about}`)
  const shown = (records ?? []).slice(0, 8)
  return useQuery(key, () => ask('modelGolden', { text, concept, records: shown }), { about, delay: requestDelay })
}

/** What generating the pipes would change. */
export function useModelPipes(text: string, isSound: boolean): AnswerOf<'modelPipes'> | null {
  const content = useProject((state) => state.document.content)
  const id = useProject((state) => state.id)
  const ready = useEngine((state) => state.state === 'ready')
  const key = useMemo(() => (isSound && ready ? { text, content } : null), [isSound, ready, text, content])
  return useQuery(key, () => ask('modelPipes', { text }), { about: id, delay: requestDelay }).value
}
