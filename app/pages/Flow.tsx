import { Cable } from 'lucide-react'
import { Page } from '../frame/Page.tsx'
import { href } from '../route.ts'
import { useEngine } from '../store/engine.ts'
import { useContent } from '../store/project.ts'
import { useWords } from '../words/words.ts'

/** The whole project. */
export function Flow({ project }: { readonly project: string }) {
  const w = useWords()
  const content = useContent()
  const facts = useEngine((state) => state.facts)
  const pipes = Object.values(content.components).filter((component) => component.kind === 'pipe')
  return (
    <Page>
      <ul
        aria-label={w.views.flow}
        className="grid min-h-0 flex-1 auto-rows-min gap-2 overflow-auto p-4 sm:grid-cols-2"
      >
        {pipes.map((pipe) => {
          const fact = facts.find((each) => each.pipe === pipe.id)
          return (
            <li key={pipe.key}>
              <a
                href={href({ at: 'pipe', project, pipe: pipe.id })}
                className="flex items-center gap-2 rounded-lg border border-line bg-surface p-3 shadow-low hover:border-line-strong"
              >
                <Cable size={16} aria-hidden className="text-ink-faint" />
                <span className="font-semibold">{pipe.id}</span>
                <span className="text-ink-soft">{fact?.sourceType}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </Page>
  )
}
