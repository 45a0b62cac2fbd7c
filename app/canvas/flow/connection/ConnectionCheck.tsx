/** Testing whether a system can be reached: what was asked, what was answered, and what to do. */
import { useEffect, useId, useRef, useState } from 'react'
import type { AnswerOf, KindDeclaration } from '../../../../engine-worker/index.ts'
import { ask } from '../../../store/engine/open-project.ts'
import { failureText } from '../../../store/failure.ts'
import { useProject } from '../../../store/project/project.ts'
import { useServerPlace } from '../../../store/server/place.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormField, Input } from '../../../ui/Field.tsx'
import { ConnectionAnswer } from './ConnectionAnswer.tsx'
import { useConnectionWords } from './connection-words.ts'

type Result = AnswerOf<'testConnection'>

interface ConnectionCheckProps {
  readonly system: string
  readonly kind: KindDeclaration
}

/** The part of the inspector of a system that tests its connection. */
export function ConnectionCheck({ system, kind }: ConnectionCheckProps) {
  const w = useConnectionWords().connection
  const project = useProject((state) => state.id)
  const isOnServer = useServerPlace((state) => state.address !== null && state.project === project)
  const [path, setPath] = useState('')
  const [result, setResult] = useState<Result | null>(null)
  const [said, setSaid] = useState('')
  const [running, setRunning] = useState<AbortController | null>(null)
  const latest = useRef<AbortController | null>(null)
  useEffect(() => () => latest.current?.abort(), [])
  const heading = useId()
  const test = kind.connectionTest
  const start = async () => {
    const controller = new AbortController()
    latest.current = controller
    setRunning(controller)
    setResult(null)
    setSaid(w.waiting)
    try {
      const answer = await ask('testConnection', { system, path }, { signal: controller.signal })
      if (controller.signal.aborted) return
      setResult(answer)
      setSaid('')
    } catch (error) {
      if (!controller.signal.aborted) setSaid(failureText(error))
    } finally {
      if (latest.current === controller) setRunning(null)
    }
  }
  const cancel = () => {
    running?.abort()
    setRunning(null)
    setSaid(w.cancelled)
  }
  const command = `pipewright connection . ${system}`
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-3">
      <h3 id={heading} className="eyebrow">
        {w.heading}
      </h3>
      {test?.asks === 'nothing' ? (
        <p className="text-ink-soft">{w.nothing[test.because]}</p>
      ) : test?.asks === 'port' || isOnServer ? (
        <ByCommand says={test?.asks === 'port' ? w.port(kind.label) : w.onServer} command={command} />
      ) : (
        <>
          <p className="text-ink-soft">{w.says}</p>
          {test?.at === undefined && (
            <FormField label={w.path} help={w.pathHelp}>
              {(ids) => (
                <Input
                  mono
                  {...ids}
                  value={path}
                  placeholder={test?.path}
                  onChange={({ target }) => setPath(target.value)}
                />
              )}
            </FormField>
          )}
          <div className="flex items-center gap-2">
            <Button disabled={running !== null} onClick={() => void start()}>
              {result === null ? w.test : w.again}
            </Button>
            {running !== null && (
              <Button look="quiet" onClick={cancel}>
                {w.cancel}
              </Button>
            )}
          </div>
          <div role="status" className="flex flex-col gap-2">
            {said !== '' && <p className="text-ink-soft">{said}</p>}
            {result !== null && <ConnectionAnswer result={result} />}
          </div>
          {result?.problem?.code === 'request-failed' && <ByCommand says={w.browserFailed} command={command} />}
        </>
      )}
    </section>
  )
}

function ByCommand({ says, command }: { readonly says: string; readonly command: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-ink-soft">{says}</p>
      <code className="rounded-md bg-sunken px-2 py-1 [overflow-wrap:anywhere]">{command}</code>
    </div>
  )
}
