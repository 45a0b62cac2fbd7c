import { invokeViewHandler } from '../../commands/view-handlers.ts'
import { href } from '../../route.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useFlowWords } from './flow-words.ts'

/** Shown in a project without a pipe: what a flow is, and what to do first. */
export function EmptyFlow({ onAdd }: { readonly onAdd: (() => void) | null }) {
  const w = useFlowWords()
  const project = useProject((state) => state.id)
  const actions = onAdd && (
    <>
      <Button look="main" className="pointer-events-auto" onClick={onAdd}>
        {w.flow.empty.add}
      </Button>
      <Button className="pointer-events-auto" onClick={() => void invokeViewHandler('canvas.files')}>
        {w.flow.addFiles}
      </Button>
      {project !== null && (
        <a className="link pointer-events-auto self-center px-2" href={href({ at: 'connect', project, item: null })}>
          {w.flow.empty.connect}
        </a>
      )}
    </>
  )
  return (
    <div className="pointer-events-none absolute inset-0 flex flex-col justify-center">
      <FlowPlaceholder />
      <div className="flex">
        <Empty title={w.flow.empty.title} action={actions ?? undefined}>
          {w.flow.empty.says}
        </Empty>
      </div>
    </div>
  )
}

/** Two sources, what is made of them, and where it goes: places for cards that are not there yet. */
function FlowPlaceholder() {
  const placeholderBox = (x: number, y: number) => (
    <rect x={x} y={y} width={72} height={28} rx={6} strokeDasharray="4 3" />
  )
  return (
    <svg
      aria-hidden
      width={288}
      height={92}
      className="mx-auto shrink-0 fill-surface stroke-line-strong max-[1000px]:hidden"
    >
      <path d="M76 18C96 18 90 46 110 46M76 74C96 74 90 46 110 46M182 46h30" fill="none" />
      {placeholderBox(4, 4)}
      {placeholderBox(4, 60)}
      {placeholderBox(212, 32)}
      <rect x={110} y={32} width={72} height={28} rx={6} className="fill-accent-soft stroke-accent" />
    </svg>
  )
}
