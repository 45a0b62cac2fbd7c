import { CircleCheck, Scale } from 'lucide-react'
import { useState } from 'react'
import { type AnswerOf, engineFiles, type Project } from '../../../engine-worker/index.ts'
import { TextDiff } from '../../data/TextDiff.tsx'
import { href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useDeployWords } from './deploy-words.ts'

type EffectAnswer = AnswerOf<'effect'>
type Group = EffectAnswer['groups'][number]
type PipeEffect = Group['pipes'][number]

/** What one pipe gives otherwise, for one reason. */
interface Row {
  readonly key: string
  readonly group: Group
  readonly effect: PipeEffect
}

/** What the edits do to data: the project as it came and as it is now run on the same input. */
export function Effect({ project }: { readonly project: string }) {
  const w = useDeployWords()
  const content = useProject((state) => state.document.content)
  const baseline = useProject((state) => state.baseline)
  const [found, setFound] = useState<{ readonly of: Project; readonly effect: EffectAnswer } | null>(null)
  const [state, setState] = useState<'idle' | 'running' | string>('idle')
  const compare = async () => {
    setState('running')
    try {
      setFound({ of: content, effect: await ask('effect', engineFiles(baseline)) })
      setState('idle')
    } catch (error) {
      setState(failureText(error))
    }
  }
  const running = state === 'running'
  const button = (
    <Button look={found ? 'plain' : 'main'} disabled={running} onClick={() => void compare()}>
      {running ? w.effect.running : found ? w.effect.again : w.effect.compare}
    </Button>
  )
  const failure = state === 'idle' || running ? null : <span className="block text-bad">{state}</span>
  if (!found) {
    return (
      <Empty icon={<Scale size={20} aria-hidden />} title={w.effect.title} action={button}>
        {w.effect.says}
        {failure}
      </Empty>
    )
  }
  const rows = found.effect.groups.flatMap((group, index) =>
    group.pipes.map((effect): Row => ({ key: `${index} ${effect.pipe}`, group, effect })),
  )
  const differing = new Set(rows.map(({ effect }) => effect.pipe)).size
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2">
        <p className="min-w-60 flex-1 text-ink-soft" aria-live="polite">
          {w.effect.result(differing, found.effect.pipes)} {w.effect.same(found.effect.same)}
          {found.of !== content && ` ${w.tests.stale}`}
          {found.effect.sampled.length > 0 && ` ${w.effect.sampled(found.effect.sampled.join(', '))}`}
          {failure}
        </p>
        {button}
      </div>
      {rows.length === 0 ? (
        <Empty icon={<CircleCheck size={20} aria-hidden className="text-good" />} title={w.effect.nothing}>
          {w.effect.nothingSays}
        </Empty>
      ) : (
        <Rows rows={rows} project={project} />
      )}
    </div>
  )
}

function Rows({ rows, project }: { readonly rows: readonly Row[]; readonly project: string }) {
  const w = useDeployWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = rows.find(({ key }) => key === chosen) ?? rows[0]
  return (
    <div className="flex min-h-0 flex-1">
      <ChoiceList
        label={w.effect.pipes}
        items={rows}
        keyOf={({ key }) => key}
        groupOf={({ group }) => w.effect.cause(group.edits, entitiesOf(group))}
        chosen={shown}
        onChoose={({ key }) => setChosen(key)}
      >
        {({ effect }) => (
          <>
            <span className="min-w-0 flex-1 break-all">{effect.pipe}</span>
            <Counts effect={effect} />
          </>
        )}
      </ChoiceList>
      {shown && <Entities row={shown} project={project} />}
    </div>
  )
}

function Entities({ row: { group, effect }, project }: { readonly row: Row; readonly project: string }) {
  const w = useDeployWords()
  const { pipe, added, changed, removed, failed, entities } = effect
  return (
    <section aria-label={pipe} className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-auto p-5">
      <p>
        <a href={href({ at: 'pipe', project, pipe })} className="link font-semibold">
          {pipe}
        </a>{' '}
        <span className="text-ink-soft">{w.effect.counts(added, changed, removed)}</span>
      </p>
      {group.edits.length === 0 && <p className="rounded-md bg-bad-soft px-3 py-2 text-bad">{w.effect.unexplained}</p>}
      {failed && <p className="rounded-md bg-bad-soft px-3 py-2 text-bad">{w.engine.message(failed)}</p>}
      {entities.map(({ id, before, after }) => (
        <section key={id} className="shrink-0 overflow-hidden rounded-lg border border-line bg-surface">
          <h3 className="mono border-b border-line px-3 py-1.5 font-semibold">{id}</h3>
          <TextDiff before={before ?? ''} after={after ?? ''} label={id} />
        </section>
      ))}
      {count(effect) > entities.length && (
        <p className="text-ink-soft">{w.data.moreOf(count(effect) - entities.length)}</p>
      )}
    </section>
  )
}

function Counts({ effect: { added, changed, removed, failed } }: { readonly effect: PipeEffect }) {
  const w = useDeployWords()
  const parts = [
    { text: `+${added}`, shown: added > 0, colour: 'text-good' },
    { text: `~${changed}`, shown: changed > 0, colour: 'text-warn' },
    { text: `−${removed}`, shown: removed > 0, colour: 'text-bad' },
    { text: w.effect.fails, shown: failed !== null, colour: 'text-bad' },
  ]
  return (
    <span className="flex gap-1.5 text-tiny">
      {parts
        .filter(({ shown }) => shown)
        .map(({ text, colour }) => (
          <span key={colour + text} className={colour}>
            {text}
          </span>
        ))}
    </span>
  )
}

function count({ added, changed, removed }: PipeEffect): number {
  return added + changed + removed
}

function entitiesOf({ pipes }: Group): number {
  return pipes.reduce((sum, effect) => sum + count(effect), 0)
}
