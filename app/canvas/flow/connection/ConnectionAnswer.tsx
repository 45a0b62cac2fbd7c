import type { AnswerOf } from '../../../../engine-worker/index.ts'
import { duration } from '../../../i18n/i18n.ts'
import { classes } from '../../../ui/classes.ts'
import { useConnectionWords } from './connection-words.ts'

const looks = { good: 'bg-good-soft text-good', half: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad' } as const

/** What a test asked, what came back, and what to do about it. */
export function ConnectionAnswer({ result }: { readonly result: AnswerOf<'testConnection'> }) {
  const words = useConnectionWords()
  const w = words.connection
  const { request, answer, problem } = result
  const look = answer === null ? 'bad' : answer.verdict === 'reached' ? 'good' : 'half'
  const advice =
    problem !== null
      ? words.engine.fix(problem)
      : answer !== null
        ? w.advice[answer.verdict]
        : request.asks === 'nothing'
          ? w.nothing[request.because]
          : ''
  return (
    <>
      <p className={classes('self-start rounded-full px-2 font-semibold', looks[look])}>{w.verdicts[look]}</p>
      <dl className="flex flex-col gap-2 [overflow-wrap:anywhere]">
        {request.asks === 'http' && (
          <div>
            <dt className="text-ink-soft">{w.asked}</dt>
            <dd className="mono">GET {request.url}</dd>
          </div>
        )}
        {answer !== null && (
          <div>
            <dt className="text-ink-soft">{w.answered}</dt>
            <dd>
              {w.status(answer.status, duration(answer.milliseconds))}
              {answer.redirected !== null && <span className="block">{w.redirected(answer.redirected)}</span>}
            </dd>
          </div>
        )}
        {problem !== null && (
          <div>
            <dt className="text-ink-soft">{w.answered}</dt>
            <dd className="text-bad">{words.engine.message(problem)}</dd>
          </div>
        )}
        {answer !== null && answer.beginning !== '' && (
          <div>
            <dt className="text-ink-soft">{w.beginning(answer.contentType)}</dt>
            <dd>
              <pre className="max-h-32 overflow-auto whitespace-pre-wrap rounded-md bg-sunken px-2 py-1">
                {answer.beginning}
              </pre>
            </dd>
          </div>
        )}
        {advice && (
          <div>
            <dt className="text-ink-soft">{w.todo}</dt>
            <dd>{advice}</dd>
          </div>
        )}
      </dl>
    </>
  )
}
