import { FileText, Workflow } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Model, Problem } from '../../../engine-worker/index.ts'
import { setFlowView, useFlowView } from '../../canvas/flow/view.ts'
import { href } from '../../route.ts'
import { failureText } from '../../store/failure.ts'
import { applyModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { runPipes } from '../../store/project/runs.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { importMappingFile, saveMappingFile } from './model-files.ts'
import { useModelWords } from './model-words.ts'
import { useModelPipes } from './queries.ts'
import { SettingsButton } from './settings/SettingsButton.tsx'
import { useSettingWords } from './settings/settings-words.ts'

interface GenerateBarProps {
  readonly model: Model
  readonly text: string
  readonly isSound: boolean
  readonly problems: readonly Problem[]
  readonly onShow: () => void
}

/** What is generated, what was edited by hand, what is about to change; and the button that does it. */
export function GenerateBar({ model, text, isSound, problems, onShow }: GenerateBarProps) {
  const w = useModelWords()
  const { model: wholeModel } = useSettingWords()
  const pipes = useModelPipes(text, isSound)
  const readOnly = useProject((state) => state.readOnly)
  const project = useProject((state) => state.id)
  const [busy, setBusy] = useState(false)
  const mapping = useRef<HTMLInputElement>(null)
  const components = pipes?.components ?? []
  const countInStates = (...states: readonly string[]) => components.filter(({ is }) => states.includes(is)).length
  // What is remembered of the last generation may differ though no pipe does.
  const isPending = Object.keys(pipes?.files ?? {}).length > 0
  const changes = isPending ? Math.max(1, components.filter(({ now, next }) => now !== next).length) : 0
  const edited = countInStates('edited', 'conflict', 'kept', 'missing')
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const apply = async () => {
    setBusy(true)
    try {
      const applied = await applyModel(w.generate.step, (model) => model)
      toast(w.generate.done(applied.components.filter(({ is }) => is === 'added' || is === 'changed').length))
      // The first time there is something to group, the pipes stand in Flow by their concepts.
      if (useFlowView.getState().grouping === 'none') setFlowView({ grouping: 'model' })
      await runPipes({})
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  return (
    <section
      aria-label={w.generate.title}
      className="flex shrink-0 flex-wrap items-center gap-3 border-t border-line bg-surface px-4 py-2"
    >
      <Workflow size={16} aria-hidden className="text-accent" />
      <span className="font-semibold">{w.generate.pipes(components.length - countInStates('added', 'missing'))}</span>
      {edited > 0 && (
        <button type="button" className="link" onClick={onShow}>
          {w.generate.edited(edited)}
        </button>
      )}
      <span className="flex-1" />
      {problems.length > 0 && (
        <button type="button" className={errors > 0 ? 'link text-bad' : 'link text-warn'} onClick={onShow}>
          {w.generate.problems(problems.length)}
        </button>
      )}
      <span
        aria-live="polite"
        className={changes > 0 ? 'rounded-full bg-warn-soft px-2 text-tiny text-warn' : 'text-ink-soft'}
      >
        {!isSound
          ? w.generate.unsound
          : changes > 0
            ? w.generate.open(changes)
            : pipes === null
              ? ''
              : w.generate.upToDate}
      </span>
      {isSound && changes === 0 && components.length > 0 && project !== null && (
        <a className="link" href={href({ at: 'flow', project })}>
          {w.generate.inFlow}
        </a>
      )}
      <FileInput
        ref={mapping}
        accept=".yaml,.yml"
        testId="model-mapping-file"
        onFiles={(files) => void importMappingFile(w, files)}
      />
      <SettingsButton model={model} target={{ part: 'model' }} name={wholeModel} />
      <Menu
        align="end"
        trigger={
          <Button look="quiet" icon={<FileText size={14} aria-hidden />}>
            {w.file.menu}
          </Button>
        }
        groups={[
          [
            { id: 'import', label: w.file.import, disabled: readOnly, onSelect: () => mapping.current?.click() },
            { id: 'export', label: w.file.export, disabled: !isSound, onSelect: () => void saveMappingFile(w, text) },
          ],
        ]}
      />
      <Button onClick={onShow}>{changes > 0 ? w.generate.show : w.generate.showPipes}</Button>
      <Button look="main" disabled={readOnly || busy || !isSound || changes === 0} onClick={() => void apply()}>
        {w.generate.apply}
      </Button>
    </section>
  )
}
