/** Answers of services as files: HAR as it comes from elsewhere, and what was heard here as HAR. */
import { answersOfHar, harOf } from '../connectors/har.ts'
import { maskOf } from '../connectors/mask.ts'
import { formatPart } from '../text/format.ts'
import { capability } from './capability.ts'

/** The records of a HAR file as the text of `testdata/<pipe>.answers.json`, and how many entries had nothing to record. */
export const recordAnswers = capability('recordAnswers', 'page', async (har: string) => {
  const { records, left } = answersOfHar(har)
  return { text: `${formatPart([...records])}\n`, count: records.length, left }
})

/** What services have answered since the project was opened, as the text of a HAR file without secrets. */
export const recording = capability('recording', 'deployed', async (_: null, { host }) => {
  const { session } = host.current()
  const exchanges = session.exchanges()
  const now = new Date(Number(host.platform.environment.now() / 1_000_000n)).toISOString()
  return { text: harOf(exchanges, maskOf(session.project.hidden), now), count: exchanges.length }
})
