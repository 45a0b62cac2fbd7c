import { useEffect, useRef, useState } from 'react'
import type { AnswerOf } from '../../../../engine-worker/index.ts'
import { JsonText } from '../../../data/JsonText.tsx'
import { ProblemList } from '../../../frame/ProblemList.tsx'
import { ask } from '../../../store/engine/open-project.ts'
import { failureText } from '../../../store/failure.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormField, Input } from '../../../ui/Field.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import type { ConnectorDesign, DesignedDatatype } from './design.ts'
import { useStudioWords } from './studio-words.ts'

interface TrialProps {
  readonly design: ConnectorDesign
  readonly datatype: DesignedDatatype
  /** What the connector asks for; null before it is known. */
  readonly facts: AnswerOf<'studioFiles'>['facts'] | null
}

type TrialResult = AnswerOf<'studioTry'>

/** Reads a datatype from its example answer or from the service, and shows what comes out. */
export function StudioTrial({ design, datatype, facts }: TrialProps) {
  const w = useStudioWords()
  const [from, setFrom] = useState<'recorded' | 'live'>('recorded')
  const [variables, setVariables] = useState<Readonly<Record<string, string>>>({})
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({})
  const [tried, setTried] = useState<TrialResult | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const running = useRef<AbortController | null>(null)
  const [isRunning, setRunning] = useState(false)
  useEffect(() => () => running.current?.abort(), [])
  const isLive = from === 'live'
  const canRun = datatype.operations.list?.isOn === true && (isLive || datatype.answers !== '')
  const run = async () => {
    const stopping = new AbortController()
    running.current = stopping
    setRunning(true)
    setFailure(null)
    try {
      const request = { draft: design, datatype: datatype.name, live: isLive, variables, secrets }
      setTried(await ask('studioTry', request, { signal: stopping.signal }))
    } catch (error) {
      if (!stopping.signal.aborted) setFailure(failureText(error))
    } finally {
      setRunning(false)
    }
  }
  return (
    <section aria-label={w.trial} className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-3">
      <header className="flex flex-wrap items-center gap-2">
        <h3 className="flex-1 text-title">{w.trial}</h3>
        <Segments
          label={w.trial}
          value={from}
          options={[
            { id: 'recorded', label: w.recorded },
            { id: 'live', label: w.live },
          ]}
          onChange={setFrom}
        />
        {isRunning ? (
          <Button onClick={() => running.current?.abort()}>{w.stop}</Button>
        ) : (
          <Button disabled={!canRun} onClick={() => void run()}>
            {w.run}
          </Button>
        )}
      </header>
      {!isLive && datatype.answers === '' && <p className="text-ink-soft">{w.noExample}</p>}
      {isLive && (
        <>
          <p className="text-tiny text-ink-soft">{w.liveSays}</p>
          {(facts?.variables ?? []).map((name) => (
            <FormField key={name} label={w.variable(name)}>
              {(ids) => (
                <Input
                  mono
                  {...ids}
                  value={variables[name] ?? ''}
                  onChange={({ target }) => setVariables({ ...variables, [name]: target.value })}
                />
              )}
            </FormField>
          ))}
          {(facts?.secrets ?? []).map((name) => (
            <FormField key={name} label={w.secret(name)}>
              {(ids) => (
                <Input
                  mono
                  type="password"
                  autoComplete="off"
                  {...ids}
                  value={secrets[name] ?? ''}
                  onChange={({ target }) => setSecrets({ ...secrets, [name]: target.value })}
                />
              )}
            </FormField>
          ))}
        </>
      )}
      {failure !== null && (
        <p role="alert" className="text-bad">
          {failure}
        </p>
      )}
      <p aria-live="polite" className="text-ink-soft">
        {isRunning
          ? w.running
          : tried !== null &&
            [w.found(tried.count), isLive ? w.requests(tried.requests.length) : ''].filter(Boolean).join(' · ')}
      </p>
      {tried !== null && tried.problems.length > 0 && <ProblemList problems={tried.problems} project={null} />}
      {tried !== null && isLive && (
        <ul className="text-tiny">
          {tried.requests.map(({ method, url, status }) => (
            <li key={`${method} ${url}`} className="mono [overflow-wrap:anywhere]">
              {method} {url} {status}
            </li>
          ))}
        </ul>
      )}
      {tried !== null && tried.entities.length > 0 && (
        <div className="max-h-96 overflow-auto rounded-md border border-line">
          <JsonText label={w.first} text={tried.entities.map(indentedText).join('\n')} />
        </div>
      )}
    </section>
  )
}

/** Properties of the dataset that the try is read from, not of the service. */
const storeFields = new Set(['_updated', '_deleted', '_previous', '_hash', '_ts'])

/** The text of an entity with a line for each property. */
function indentedText(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (name, value) => (storeFields.has(name) ? undefined : value)),
    null,
    2,
  )
}
