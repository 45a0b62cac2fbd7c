import { useMemo, useState } from 'react'
import {
  componentValue,
  type KindDeclaration,
  type PipeFacts,
  type PipeProgress,
  type Problem,
} from '../../../engine-worker/index.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { propertyFactsOf } from '../../data/property-facts.ts'
import { FormProvider } from '../../forms/FormProvider.tsx'
import { StageForm } from '../../forms/StageForm.tsx'
import { duration } from '../../i18n/i18n.ts'
import { count, percent } from '../../i18n/numbers.ts'
import { PipeContext } from '../../pipe/pipe.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { go, href } from '../../route.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { describedIn } from '../../store/microservices.ts'
import { useContent, useProject } from '../../store/project/project.ts'
import { runPipes } from '../../store/project/runs.ts'
import { select, useSession } from '../../store/session.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { SupplyDialog } from '../pipe/SupplyDialog.tsx'
import { duplicateNodes, removeNodes } from './actions.ts'
import { datasetOf } from './edits.ts'
import { useFlowWords } from './flow-words.ts'
import { graphOf } from './graph.ts'
import { ProjectSettings } from './ProjectSettings.tsx'
import { liveEntitiesOf, nodeState } from './state.ts'

const SignIn = lazyComponent(async () => (await import('./sign-in/SignIn.tsx')).SignIn)
const ConnectionCheck = lazyComponent<{ readonly system: string; readonly kind: KindDeclaration }>(
  async () => (await import('./connection/ConnectionCheck.tsx')).ConnectionCheck,
)

/** The facts of the chosen node: its kind, problems, last run, properties and neighbours. */
export function FlowInspector({ project }: { readonly project: string }) {
  const w = useFlowWords()
  const pipeWords = usePipeWords().pipe
  const content = useContent()
  const selection = useSession((state) => state.selection)
  const facts = useEngine((state) => state.facts)
  const readOnly = useProject((state) => state.readOnly)
  const nodes = useMemo(() => graphOf(content, facts, { datasets: true, systems: true }).nodes, [content, facts])
  const chosen = nodes.filter((node) => selection.includes(node.id))
  const [node] = chosen
  const problems = useEngine((state) => state.problems)
  const kinds = useCatalogue()?.kinds
  const [supplying, setSupplying] = useState(false)
  const failed = useEngine((state) => node !== undefined && nodeState(state, node) === 'bad')
  if (!node) {
    return (
      <>
        {nodes.length > 0 && (
          <div className="flex min-h-48 shrink-0">
            <Empty title={w.flow.inspectorEmpty.title}>{w.flow.inspectorEmpty.says}</Empty>
          </div>
        )}
        <ProjectSettings />
      </>
    )
  }
  if (chosen.length > 1) {
    return (
      <div className="flex flex-col gap-3 p-4">
        <h2 className="text-title">{w.flow.selected(chosen.length)}</h2>
        <ul className="flex flex-col gap-1">
          {chosen.slice(0, 100).map((each) => (
            <li key={each.id} className="chip self-start">
              {each.name}
            </li>
          ))}
        </ul>
        {!readOnly && (
          <div className="flex gap-2">
            <Button onClick={() => duplicateNodes(chosen)}>{w.flow.duplicate}</Button>
            <Button onClick={() => removeNodes(chosen)}>{w.flow.remove}</Button>
          </div>
        )}
      </div>
    )
  }
  const nodeProblems = problems.filter(({ where }) => where.pipe === node.name || where.system === node.name)
  const shownMessages = nodeProblems.map(({ message }) => message)
  const fact = node.kind === 'pipe' ? facts.find(({ pipe }) => pipe === node.name) : undefined
  const component = node.component === null ? undefined : content.components[node.component]
  const systemType = component?.kind === 'system' ? componentValue(component).type : null
  const declared = kinds?.find(
    ({ role, type, alias }) => role === 'system' && (type === systemType || alias?.includes(String(systemType))),
  )
  const systemKind = declared && component ? describedIn(content, declared, componentValue(component)) : declared
  const dataset =
    node.kind === 'dataset' ? node.name : component?.kind === 'pipe' ? datasetOf(componentValue(component)) : null
  return (
    <div className="flex flex-col gap-4 p-4">
      <header className="flex flex-col gap-1">
        <h2 className="text-title [overflow-wrap:anywhere]">{node.name}</h2>
        <p className="text-ink-soft">
          {node.says.join(' › ')}
          {dataset !== null && (
            <>
              {' · '}
              {w.flow.writesDataset} <span className="chip">{dataset}</span>
            </>
          )}
        </p>
        {node.needs !== null && !shownMessages.includes(node.needs.message) && (
          <p className="rounded-md bg-warn-soft px-2 py-1 text-warn">{w.engine.message(node.needs)}</p>
        )}
      </header>
      <div className="flex flex-wrap gap-2">
        {node.kind === 'pipe' && (
          <>
            <Button look="main" onClick={() => go({ at: 'pipe', project, pipe: node.name })}>
              {w.flow.open}
            </Button>
            {!readOnly && <Button onClick={() => void runPipes({ pipes: [node.name] })}>{w.run.pipe}</Button>}
            {!readOnly && fact?.reads.length === 0 && (node.needs !== null || failed) && (
              <Button onClick={() => setSupplying(true)}>{pipeWords.noData.supply}</Button>
            )}
            {supplying && <SupplyDialog pipe={node.name} onClose={() => setSupplying(false)} />}
          </>
        )}
        {dataset !== null && (
          <a className="link self-center" href={href({ at: 'data', project, dataset, entity: null })}>
            {w.flow.dataOf}
          </a>
        )}
      </div>
      <Problems of={nodeProblems} />
      <LastRun pipe={node.name} told={shownMessages} />
      {dataset !== null && <Properties project={project} dataset={dataset} />}
      {fact && <Neighbours fact={fact} facts={facts} dataset={dataset} />}
      {component?.kind === 'system' && hasOAuth2(componentValue(component)) && <SignIn system={component.id} />}
      {component?.kind === 'system' && systemKind?.connectionTest && (
        <ConnectionCheck key={component.id} system={component.id} kind={systemKind} />
      )}
      {component?.kind === 'system' && (
        <PipeContext value={component.id}>
          <FormProvider>
            <StageForm
              part="system"
              type={String(componentValue(component).type ?? '')}
              config={componentValue(component)}
              path={[]}
            />
          </FormProvider>
        </PipeContext>
      )}
      {component && (
        <details>
          <summary className="eyebrow">JSON</summary>
          <pre className="mt-2 max-h-96 overflow-auto rounded-md border border-line bg-sunken p-2">
            {component.text}
          </pre>
        </details>
      )}
    </div>
  )
}

/** Whether a person can sign in to a system. */
function hasOAuth2({ oauth2 }: ReturnType<typeof componentValue>): boolean {
  return typeof oauth2 === 'object' && oauth2 !== null
}

function Problems({ of: mine }: { readonly of: readonly Problem[] }) {
  const w = useFlowWords()
  if (mine.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
      {mine.slice(0, 30).map((problem, index) => (
        <li
          key={index}
          className={classes(
            'rounded-md px-2 py-1 [overflow-wrap:anywhere]',
            problem.severity === 'error'
              ? 'bg-bad-soft text-bad'
              : problem.severity === 'warning'
                ? 'bg-warn-soft text-warn'
                : 'bg-sunken text-ink-soft',
          )}
        >
          {w.engine.message(problem)}
          {problem.where.path && (
            <span className="mono block text-tiny opacity-80">{problem.where.path.join('.')}</span>
          )}
          {problem.fix !== undefined && <span className="block text-tiny">{w.engine.fix(problem)}</span>}
        </li>
      ))}
    </ul>
  )
}

/** The last run, without the problems in `told`, which are shown already. */
function LastRun({ pipe, told }: { readonly pipe: string; readonly told: readonly string[] }) {
  const w = useFlowWords()
  const last = useEngine((state): PipeProgress | undefined =>
    Object.hasOwn(state.last, pipe) ? state.last[pipe] : undefined,
  )
  if (!last) return null
  const facts: [string, string][] = [
    [w.flow.read, count(last.read)],
    [w.flow.written, count(last.written)],
    [w.flow.deleted, count(last.deleted)],
    [w.flow.unchanged, count(last.unchanged)],
    [w.flow.reprocessed, count(last.reprocessed)],
    [w.flow.took, duration(last.milliseconds)],
  ]
  return (
    <section>
      <h3 className="eyebrow mb-1">{w.flow.lastRun}</h3>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {last.problems
        .filter(({ message }) => !told.includes(message))
        .slice(0, 5)
        .map((problem, index) => (
          <p key={index} className="mt-1 rounded-md bg-bad-soft px-2 py-1 [overflow-wrap:anywhere] text-bad">
            {w.engine.message(problem)}
            {problem.fix !== undefined && <span className="block text-tiny">{w.engine.fix(problem)}</span>}
          </p>
        ))}
    </section>
  )
}

const sampleSize = 100

function Properties({ project, dataset }: { readonly project: string; readonly dataset: string }) {
  const w = useFlowWords()
  const version = useEngine((state) => state.version)
  const live = useEngine((state) => liveEntitiesOf(state.datasets, dataset))
  const { value } = useQuery(
    live ? `${dataset} ${live} ${version}` : null,
    async () => propertyFactsOf((await ask('rows', { dataset, from: 0, count: sampleSize })).rows),
    { about: dataset },
  )
  if (!live) return <p className="text-ink-faint">{w.flow.noEntities}</p>
  return (
    <section>
      <div className="mb-1 flex justify-between">
        <h3 className="eyebrow">{w.flow.properties}</h3>
        <span className="text-tiny text-ink-faint">{w.flow.inferred(Math.min(sampleSize, live))}</span>
      </div>
      <ul className="flex flex-col gap-1">
        {value?.slice(0, 60).map(({ name, types, present }) => (
          <li key={name} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_56px] items-center gap-2">
            <a
              className="mono flex min-w-0 hover:underline"
              href={href({ at: 'lineage', project, dataset, property: name })}
            >
              <PropertyName name={name} />
            </a>
            <span className="truncate text-tiny text-ink-soft" title={types.join(' | ')}>
              {types.join(' | ')} · {percent(present)}
            </span>
            <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
              <span className="block h-full bg-source" style={{ width: `${present * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Neighbours({
  fact,
  facts,
  dataset,
}: {
  readonly fact: PipeFacts
  readonly facts: readonly PipeFacts[]
  readonly dataset: string | null
}) {
  const w = useFlowWords()
  const readers =
    dataset === null ? [] : facts.filter(({ reads, hops }) => reads.includes(dataset) || hops.includes(dataset))
  return (
    <>
      {(fact.reads.length > 0 || fact.hops.length > 0) && (
        <section>
          <h3 className="eyebrow mb-1">{w.flow.readsFrom}</h3>
          <div className="flex flex-wrap gap-1">
            {fact.reads.map((name) => (
              <NodeChip key={name} id={nodeFor(name, facts)} label={name} />
            ))}
            {fact.hops.map((name) => (
              <NodeChip key={`hops ${name}`} id={nodeFor(name, facts)} label={w.flow.hopsChip(name)} hops />
            ))}
          </div>
        </section>
      )}
      {readers.length > 0 && dataset !== null && (
        <section>
          <h3 className="eyebrow mb-1">{w.flow.goesTo}</h3>
          <div className="flex flex-wrap gap-1">
            {readers.map(({ pipe, reads }) => (
              <NodeChip
                key={pipe}
                id={`pipe:${pipe}`}
                label={reads.includes(dataset) ? pipe : w.flow.hopsChip(pipe)}
                hops={!reads.includes(dataset)}
              />
            ))}
          </div>
        </section>
      )}
    </>
  )
}

function NodeChip({
  id,
  label,
  hops = false,
}: {
  readonly id: string
  readonly label: string
  readonly hops?: boolean
}) {
  return (
    <button
      type="button"
      onClick={() => select([id])}
      className={classes('chip hover:border-accent', hops && 'border-dashed border-hops bg-hops-soft text-hops')}
    >
      {label}
    </button>
  )
}

function nodeFor(dataset: string, facts: readonly PipeFacts[]): string {
  const maker = facts.find(({ writes }) => writes === dataset)
  return maker ? `pipe:${maker.pipe}` : `dataset:${dataset}`
}
