import { useState } from 'react'
import { type AnswerOf, type LinkedConnector, type MergeSide, putFile } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, FormField, Input } from '../../ui/Field.tsx'
import { ConnectorPreview } from './ConnectorPreview.tsx'
import { ConnectorRuns } from './ConnectorRuns.tsx'
import { ConnectorSettings } from './ConnectorSettings.tsx'
import { useConnectWords } from './connect-words.ts'
import type { OpenedConnector } from './opened-connectors.ts'
import { isSystemName } from './system-name.ts'

interface ConnectorPanelProps {
  readonly project: string
  /** The connector as it is in the project; null where it is not. */
  readonly link: LinkedConnector | null
  /** The connector as it was opened here: new, or a newer version. */
  readonly fresh: OpenedConnector | null
}

type Plan = AnswerOf<'connectorPlan'>
type Planned = Plan['components'][number]

/** A connector: its datatypes to choose, what it asks for, and exactly what it makes of the project. */
export function ConnectorPanel({ project, link, fresh }: ConnectorPanelProps) {
  const w = useConnectWords()
  const words = useWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const folder = link?.folder ?? fresh?.folder ?? ''
  const files = fresh?.files ?? link?.files ?? null
  const [system, setSystem] = useState(link?.system ?? folder.replace(/-connector$/, '').toLowerCase())
  const [chosen, setChosen] = useState<readonly string[]>(link?.datatypes ?? fresh?.chosen ?? [])
  const [choices, setChoices] = useState<Readonly<Record<string, MergeSide>>>({})
  const offer = useQuery(files, () => ask('connectorOffer', { files: files ?? {} }), { about: folder }).value
  const isNamed = isSystemName(system)
  const planKey = offer === null || !isNamed ? null : `${JSON.stringify([folder, system, chosen, choices])}`
  const plan = useQuery(
    planKey === null ? null : `${planKey} ${contentKey(content)} ${contentKey(fresh?.files ?? noFiles)}`,
    () => ask('connectorPlan', { folder, files: fresh?.files ?? null, system, datatypes: chosen, choices }),
    { about: folder },
  )
  const made = plan.value?.components ?? []
  const countOf = (kind: Planned['kind']) => made.filter((each) => each.kind === kind && each.is !== 'removed').length
  const applyPlan = (next: Plan, step: string) =>
    editContent(step, (before) =>
      Object.entries(next.files).reduce((all, [path, file]) => putFile(all, `${all.root}${path}`, file).value, before),
    )
  const createConnector = () => {
    if (plan.value === null) return
    applyPlan(plan.value, link === null ? w.createStep(system) : w.updateStep(system))
    setChoices({})
    toast(w.done(system))
  }
  const removeConnector = async () => {
    applyPlan(await ask('connectorPlan', { folder, files: null, system, datatypes: null }), w.removeStep(system))
    toast(w.removed(system))
    go({ at: 'connect', project, item: null })
  }
  const askService = async (asks: boolean) => {
    if (link === null) return
    const { datatypes } = link
    applyPlan(await ask('connectorPlan', { folder, files: null, system, datatypes, asks }), w.runs)
  }
  const toggleDatatype = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name])
  const datatypes = offer?.datatypes ?? []
  const isNewer = fresh !== null && JSON.stringify(fresh.files) !== JSON.stringify(link?.files)
  const conflicts = made.reduce((sum, each) => sum + each.conflicts.length, 0)
  const isChanged = made.some(({ is }) => is === 'added' || is === 'changed' || is === 'removed') || isNewer
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-wrap items-end gap-3 border-b border-line bg-surface p-3">
        <div className="min-w-48 flex-1">
          <h2 className="text-head">{folder}</h2>
          <p className="text-tiny text-ink-soft">
            {offer === null
              ? words.common.loading
              : [...(offer.auth === '' ? [] : [w.connector(offer.auth)]), w.datatypesOf(datatypes.length)].join(' · ')}
          </p>
        </div>
        <div className="w-52">
          <FormField label={w.name} problem={isNamed ? null : w.badName}>
            {(ids) => (
              <Input
                mono
                {...ids}
                value={system}
                disabled={link !== null}
                onChange={({ target }) => setSystem(target.value)}
              />
            )}
          </FormField>
        </div>
        {link !== null && (
          <Button look="quiet" disabled={readOnly} onClick={() => void removeConnector()}>
            {w.remove}
          </Button>
        )}
        <Button
          look="main"
          disabled={readOnly || plan.value === null || plan.stale || !isNamed || !isChanged}
          onClick={createConnector}
        >
          {link === null ? w.create(countOf('system'), countOf('pipe')) : w.update}
        </Button>
      </header>
      {plan.failure !== null && <p className="bg-bad-soft px-3 py-1.5 text-bad">{plan.failure}</p>}
      <div className="min-h-0 flex-1 overflow-auto p-3">
        {offer !== null && offer.problems.length > 0 && (
          <section
            aria-label={w.problems}
            className="mb-3 max-h-40 overflow-auto rounded-lg border border-line bg-surface"
          >
            <ProblemList problems={offer.problems} project={project} />
          </section>
        )}
        {link !== null && (
          <ConnectorRuns
            project={project}
            link={link}
            addresses={addressesOf(offer)}
            onAsk={(asks) => void askService(asks)}
          />
        )}
        <div className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
          <section aria-label={w.datatypes} className="rounded-lg border border-line bg-surface p-3">
            <header className="mb-2 flex items-center gap-2">
              <h2 className="flex-1 text-title">{w.datatypes}</h2>
              {offer !== null && (
                <span className="text-tiny text-ink-soft">
                  {w.chosen(datatypes.filter(({ name }) => chosen.includes(name)).length, datatypes.length)}
                </span>
              )}
              <Button small look="quiet" onClick={() => setChosen(datatypes.map(({ name }) => name))}>
                {w.chooseAll}
              </Button>
              <Button small look="quiet" onClick={() => setChosen([])}>
                {w.chooseNone}
              </Button>
            </header>
            <ul className="max-h-64 overflow-auto">
              {datatypes.map(({ name, label, parent, reads, writes, receives }) => {
                const does = [
                  reads && w.reads,
                  writes && w.writes,
                  receives && w.receives,
                  parent !== null && w.parent(parent),
                ]
                return (
                  <li key={name} className="flex flex-wrap items-center gap-x-2">
                    <Checkbox
                      label={<code>{name}</code>}
                      aria-label={name}
                      checked={chosen.includes(name)}
                      onChange={() => toggleDatatype(name)}
                    />
                    <span className="text-tiny text-ink-soft">
                      {[label === name ? false : label, ...does].filter((each) => each !== false).join(' · ')}
                    </span>
                  </li>
                )
              })}
            </ul>
          </section>
          {offer !== null && (
            <ConnectorSettings
              project={project}
              offer={offer}
              says={link === null && offer.addresses.length > 0 ? w.sends(addressesOf(offer)) : null}
            />
          )}
        </div>
        <section aria-label={w.preview} className="mt-3 rounded-lg border border-line bg-surface">
          <header className="flex items-baseline gap-2 px-3 py-2">
            <h2 className="text-title">{w.preview}</h2>
            <span className="flex-1 text-ink-soft">{w.counts(countOf('system'), countOf('pipe'))}</span>
            {conflicts > 0 && <span className="text-warn">{w.conflicts(conflicts)}</span>}
          </header>
          <ConnectorPreview
            components={made}
            label={w.preview}
            choices={choices}
            onChoose={(key, side) => setChoices({ ...choices, [key]: side })}
          />
        </section>
        <p className="sr-only" aria-live="polite">
          {plan.stale ? words.common.loading : w.counts(countOf('system'), countOf('pipe'))}
        </p>
      </div>
    </div>
  )
}

const noFiles = {}

/** Where the systems of a connector send requests, without the place for the address of an operation. */
function addressesOf(offer: AnswerOf<'connectorOffer'> | null): string {
  return (offer?.addresses ?? []).map((address) => address.replace(/\/?%s$/, '')).join(', ')
}

const keyByContent = new WeakMap<object, number>()
let lastKey = 0

/** A number for a state of the project, or of the files of a connector: the plan is made anew when it changes. */
function contentKey(content: object): number {
  const known = keyByContent.get(content)
  if (known !== undefined) return known
  keyByContent.set(content, ++lastKey)
  return lastKey
}
