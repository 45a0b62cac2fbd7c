/** Whether the browser keeps the data of the site, asked for by this view itself: the first screen loads no more for it. */
import { useEffect, useState } from 'react'

type KeptAnswer = 'kept' | 'may-be-cleared' | 'unknown'

/** The browser's answer, and a way to ask it to keep the data. */
export function useKeptByBrowser(): readonly [answer: KeptAnswer, ask: () => void] {
  const [answer, setAnswer] = useState<KeptAnswer>('unknown')
  useEffect(() => {
    void answerTo(() => navigator.storage.persisted()).then(setAnswer)
  }, [])
  return [answer, () => void answerTo(() => navigator.storage.persist()).then(setAnswer)]
}

async function answerTo(question: () => Promise<boolean>): Promise<KeptAnswer> {
  try {
    return (await question()) ? 'kept' : 'may-be-cleared'
  } catch {
    // An insecure origin or an old browser has no such interface.
    return 'unknown'
  }
}
