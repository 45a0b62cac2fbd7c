/** Recorded answers of services from a HAR file. */
import { answersOfHar } from '../connectors/har.ts'
import { formatPart } from '../text/format.ts'
import { capability } from './capability.ts'

/** The records of a HAR file as the text of `testdata/<pipe>.answers.json`, and how many entries had nothing to record. */
export const recordAnswers = capability('recordAnswers', 'page', async (har: string) => {
  const { records, left } = answersOfHar(har)
  return { text: `${formatPart([...records])}\n`, count: records.length, left }
})
