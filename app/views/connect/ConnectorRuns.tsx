import type { LinkedConnector } from '../../../engine-worker/index.ts'
import { href } from '../../route.ts'
import { useContent, useProject } from '../../store/project/project.ts'
import { Segments } from '../../ui/Segments.tsx'
import { useConnectWords } from './connect-words.ts'

interface RunsProps {
  readonly project: string
  readonly link: LinkedConnector
  /** Where its systems send requests. */
  readonly addresses: string
  readonly onAsk: (asks: boolean) => void
}

/** What runs of a connector in the project read, example answers or the service, and where to go from here. */
export function ConnectorRuns({ project, link, addresses, onAsk }: RunsProps) {
  const w = useConnectWords()
  const { root, files } = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const { system, asks = false } = link
  const start = `${root}testdata/${system}-`
  const hasExamples = Object.keys(files).some((path) => path.startsWith(start) && path.endsWith('.answers.json'))
  return (
    <section
      aria-label={w.runs}
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-3 py-2"
    >
      <h2 className="text-title">{w.runs}</h2>
      {hasExamples && !readOnly && (
        <Segments
          label={w.runs}
          value={asks ? 'service' : 'examples'}
          options={[
            { id: 'examples', label: w.examples },
            { id: 'service', label: w.service },
          ]}
          onChange={(id) => onAsk(id === 'service')}
        />
      )}
      <p className="min-w-60 flex-1 text-tiny text-ink-soft [overflow-wrap:anywhere]">
        {!hasExamples ? w.sends(addresses) : asks ? w.serviceSays(addresses) : w.examplesSay}
      </p>
      <nav aria-label={w.next} className="flex gap-3">
        <a className="link" href={href({ at: 'flow', project })}>
          {w.toFlow}
        </a>
        <a className="link" href={href({ at: 'tests', project })}>
          {w.toTests}
        </a>
      </nav>
    </section>
  )
}
