import { Pencil, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { isWithin, type JsonPath, type Reference, referencesIn } from '../../../engine-worker/index.ts'
import { withoutPath } from '../../pipe/json-edits.ts'
import { showUses } from '../../pipe/names.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { changePipe } from '../../pipe/pipe-changes.ts'
import { choosePlace } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { Button } from '../../ui/Button.tsx'

/** A rule as a whole: where it is used, another name for it, or none. */
export function RuleForm({ path }: { readonly path: JsonPath }) {
  const w = usePipeWords()
  const { id, value, readOnly } = usePipe()
  const functions = useFunctionTable()
  const name = String(path.at(-1))
  const { made, uses } = useMemo(
    () => rulesNamed(referencesIn(value, functions), name, path.slice(0, -1)),
    [value, functions, name, path],
  )
  const stage = path.slice(0, -2)
  return (
    <>
      <h2 className="text-title">{w.pipe.ruleTitle(name)}</h2>
      {!readOnly && name !== 'default' && (
        <div className="flex flex-wrap gap-1">
          {made && (
            <Button small icon={<Pencil size={12} aria-hidden />} onClick={() => showUses(made)}>
              {w.pipe.renameRule}
            </Button>
          )}
          <Button
            small
            icon={<Trash2 size={12} aria-hidden />}
            onClick={() => {
              changePipe(id, w.pipe.removeRule, (pipe) => withoutPath(pipe, path))
              choosePlace(stage)
            }}
          >
            {w.pipe.removeRule}
          </Button>
        </div>
      )}
      {name !== 'default' && (
        <section>
          <p className="text-ink-soft">{w.pipe.ruleUses(uses.length)}</p>
          <ul>
            {uses.map((use) => (
              <li key={use.path.join('/')}>
                <button type="button" className="link mono text-left" onClick={() => choosePlace(stepOf(use.path))}>
                  {use.path.slice(stage.length + 1).join(' / ')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** The definition of a rule of a stage and its uses. */
function rulesNamed(
  all: readonly Reference[],
  name: string,
  rules: JsonPath,
): { readonly made: Reference | undefined; readonly uses: readonly Reference[] } {
  const same = all.filter((each) => each.what === 'rule' && each.name === name && isWithin(each.path, rules))
  return { made: same.find(({ definition }) => definition), uses: same.filter(({ definition }) => !definition) }
}

/** The step that a place below a rule is in. */
function stepOf(path: JsonPath): JsonPath {
  const rules = path.indexOf('rules')
  return path.slice(0, rules + 3)
}
