import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { ModelComponent, Problem } from '../../../engine-worker/index.ts'
import { TextDiff } from '../../data/TextDiff.tsx'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { applyModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { withModelValues } from './edits.ts'
import { useModelWords } from './model-words.ts'
import { useModelPipes } from './queries.ts'

const stateColours: Readonly<Record<ModelComponent['is'], string>> = {
  added: 'text-good',
  changed: 'text-warn',
  removed: 'text-bad',
  same: 'text-ink-faint',
  edited: 'text-transform',
  conflict: 'text-bad',
  kept: 'text-transform',
  missing: 'text-warn',
}

const stateOrder: readonly ModelComponent['is'][] = [
  'conflict',
  'added',
  'changed',
  'removed',
  'edited',
  'kept',
  'missing',
  'same',
]

interface GenerateProps {
  readonly text: string
  readonly isSound: boolean
  readonly problems: readonly Problem[]
  readonly project: string
}

/** Which pipes the model makes, what would become of each, and what was edited by hand. */
export function Generate({ text, isSound, problems, project }: GenerateProps) {
  const w = useModelWords()
  const pipes = useModelPipes(text, isSound)
  const [id, setId] = useState<string | null>(null)
  const components = (pipes?.components ?? []).toSorted((a, b) => stateOrder.indexOf(a.is) - stateOrder.indexOf(b.is))
  const shown = components.find((each) => each.id === id) ?? components[0]
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {problems.length > 0 && (
        <section
          aria-label={w.generate.problemsTitle}
          className="max-h-56 shrink-0 overflow-auto border-b border-line bg-surface"
        >
          <ProblemList problems={problems} project={project} />
        </section>
      )}
      {components.length === 0 ? (
        <Empty icon={<CircleCheck size={20} aria-hidden />} title={isSound ? w.generate.nothing : w.generate.unsound}>
          {isSound ? w.generate.nothingSays : w.generate.unsoundSays}
        </Empty>
      ) : (
        <div className="flex min-h-0 flex-1">
          <ChoiceList
            label={w.generate.title}
            items={components}
            keyOf={(each) => each.id}
            chosen={shown}
            onChoose={(each) => setId(each.id)}
            groupOf={({ is }) => w.generate.states[is]}
          >
            {(each) => (
              <>
                <span className="mono min-w-0 flex-1 break-all">{each.id}</span>
                <span className={classes('text-tiny', stateColours[each.is])}>{w.generate.state[each.is]}</span>
              </>
            )}
          </ChoiceList>
          {shown && <Component key={shown.id} component={shown} text={text} project={project} />}
        </div>
      )}
    </div>
  )
}

interface ComponentProps {
  readonly component: ModelComponent
  readonly text: string
  readonly project: string
}

function Component({ component, text, project }: ComponentProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const { id, is, now, next, generated, from, conflicts } = component
  const isEdited = is === 'edited' || is === 'conflict' || is === 'kept' || is === 'missing'
  const [side, setSide] = useState<'next' | 'hand'>(isEdited && now === next ? 'hand' : 'next')
  const [busy, setBusy] = useState(false)
  const discardEdits = async () => {
    setBusy(true)
    try {
      await applyModel(w.generate.giveUpStep(id), (model) => model, { reset: [id] })
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  const moveEditsToModel = async () => {
    setBusy(true)
    try {
      const edits = await ask('modelTakeOver', { text, id })
      if (edits === null) toast(w.generate.cannotTake, 'bad')
      else await applyModel(w.generate.takeOverStep(id), (model) => withModelValues(model, edits))
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  const [before, after] = side === 'hand' ? [generated ?? '', now ?? ''] : [now ?? '', next ?? '']
  return (
    <section aria-label={id} className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <div className="min-w-40 flex-1">
          <h2 className="mono">
            {now === null ? (
              id
            ) : (
              <a className="link" href={href({ at: 'pipe', project, pipe: id })}>
                {id}
              </a>
            )}
          </h2>
          <p className="text-tiny text-ink-soft">
            {w.generate.explained[is]} {from.length > 0 && w.generate.madeBy(from.join(' › '))}
          </p>
          {conflicts.length > 0 && <p className="text-tiny text-bad">{w.generate.conflicts(conflicts.join(', '))}</p>}
        </div>
        {isEdited && (
          <Segments
            label={w.generate.compare}
            value={side}
            onChange={setSide}
            options={[
              { id: 'next', label: w.generate.willChange },
              { id: 'hand', label: w.generate.byHand },
            ]}
          />
        )}
        {isEdited && !readOnly && (
          <>
            {is !== 'missing' && is !== 'kept' && (
              <Button disabled={busy} onClick={() => void moveEditsToModel()}>
                {w.generate.takeOver}
              </Button>
            )}
            <Button disabled={busy} onClick={() => void discardEdits()}>
              {w.generate.giveUp}
            </Button>
          </>
        )}
      </header>
      <div className="flex min-h-0 flex-1 flex-col overflow-auto">
        {before === after ? (
          <Empty icon={<CircleCheck size={20} aria-hidden className="text-good" />} title={w.generate.same} />
        ) : (
          <TextDiff before={before} after={after} label={w.generate.difference(id)} />
        )}
      </div>
    </section>
  )
}
