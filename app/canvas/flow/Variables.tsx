import { Plus, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { printJson } from '../../../engine-worker/index.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useFlowWords } from './flow-words.ts'
import { variablesFile, variablesOf, variablesUsed, variableValue, withVariable } from './variables.ts'

/** The variables of the chosen environment, and those that the configuration asks for but has not got. */
export function Variables() {
  const w = useFlowWords()
  const content = useContent()
  const profile = useProject((state) => state.document.profile)
  const readOnly = useProject((state) => state.readOnly)
  const [naming, setNaming] = useState('')
  const variables = useMemo(() => variablesOf(content, profile), [content, profile])
  const usedVariables = useMemo(() => variablesUsed(content), [content])
  const missing = usedVariables.filter((name) => variables !== null && !Object.hasOwn(variables, name))
  const setVariable = (name: string, text: string) =>
    editContent(
      w.flow.settings.setVariable(name),
      (before) => withVariable(before, profile, name, variableValue(text)),
      `variable ${name}`,
    )
  const addVariable = () => {
    if (naming.trim() !== '') setVariable(naming.trim(), '')
    setNaming('')
  }
  return (
    <section>
      <h3 className="eyebrow mb-2">{w.flow.settings.variables(profile)}</h3>
      {variables === null ? (
        <p className="rounded-md bg-bad-soft px-2 py-1 text-bad">
          {w.flow.settings.unreadable(variablesFile(profile))}
        </p>
      ) : (
        <div className="flex flex-col gap-1.5">
          {Object.entries(variables).map(([name, value]) => (
            <div key={name} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-1">
              <code className="truncate" title={name}>
                {name}
              </code>
              <Input
                mono
                aria-label={name}
                value={typeof value === 'string' ? value : printJson(value)}
                disabled={readOnly}
                onChange={(event) => setVariable(name, event.target.value)}
              />
              {!readOnly && (
                <IconButton
                  label={w.flow.settings.removeVariable(name)}
                  onClick={() =>
                    editContent(w.flow.settings.removeVariable(name), (before) =>
                      withVariable(before, profile, name, undefined),
                    )
                  }
                >
                  <X size={14} aria-hidden />
                </IconButton>
              )}
            </div>
          ))}
          {missing.map((name) => (
            <Button
              key={name}
              small
              look="quiet"
              className="self-start text-warn"
              onClick={() => setVariable(name, '')}
              disabled={readOnly}
            >
              {w.flow.settings.missing(name)}
            </Button>
          ))}
          {!readOnly && (
            <form
              className="flex gap-1"
              onSubmit={(event) => {
                event.preventDefault()
                addVariable()
              }}
            >
              <Input
                mono
                aria-label={w.flow.settings.newVariable}
                placeholder={w.flow.settings.newVariable}
                value={naming}
                onChange={(event) => setNaming(event.target.value)}
              />
              <IconButton label={w.flow.settings.newVariable} onClick={addVariable}>
                <Plus size={14} aria-hidden />
              </IconButton>
            </form>
          )}
        </div>
      )}
    </section>
  )
}
