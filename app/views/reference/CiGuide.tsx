import { Copy } from 'lucide-react'
import workflow from '../../../public/pipewright-workflow.yml?raw'
import { copyToClipboard } from '../../store/clipboard.ts'
import { Button } from '../../ui/Button.tsx'
import { useReferenceWords } from './reference-words.ts'

/** The name under which the page stands in the address. */
export const ciGuide = 'checks-for-pull-requests'

const ciCommands = {
  validate: 'pipewright validate DIR',
  format: 'pipewright format DIR --check',
  test: 'pipewright test DIR',
  effect: 'pipewright effect OLD NEW --markdown',
} as const
const commandNames = ['validate', 'format', 'test', 'effect'] as const

/** How configurations are checked in continuous integration, with a workflow for GitHub to copy. */
export function CiGuide() {
  const w = useReferenceWords()
  const copyWorkflow = () => copyToClipboard(workflow, w.ciGuide.copied)
  return (
    <article className="min-h-0 flex-1 overflow-auto px-6 py-5">
      <h1 className="text-head">{w.ciGuide.title}</h1>
      <p className="max-w-2xl text-ink-soft">{w.ciGuide.says}</p>
      <dl className="my-4 max-w-3xl">
        {commandNames.map((name) => (
          <div key={name} className="flex flex-wrap gap-x-3 border-line border-b py-1.5">
            <dt className="mono w-72">{ciCommands[name]}</dt>
            <dd className="min-w-60 flex-1 text-ink-soft">{w.ciGuide.steps[name]}</dd>
          </div>
        ))}
      </dl>
      <div className="flex max-w-3xl items-center gap-2">
        <h2 className="flex-1 text-title">{w.ciGuide.file}</h2>
        <Button small icon={<Copy size={12} aria-hidden />} onClick={() => void copyWorkflow()}>
          {w.common.copy}
        </Button>
      </div>
      <p className="max-w-2xl text-ink-soft">{w.ciGuide.where}</p>
      <pre tabIndex={0} className="mono my-2 max-w-3xl overflow-x-auto rounded-lg border border-line bg-sunken p-3">
        {workflow}
      </pre>
      <p className="max-w-2xl text-ink-soft">{w.ciGuide.install}</p>
      <p className="max-w-2xl text-ink-soft">{w.ciGuide.secrets}</p>
    </article>
  )
}
