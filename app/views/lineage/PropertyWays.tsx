import {
  componentValue,
  type JsonObject,
  type Lineage,
  type LineageEdge,
  type LineageNode,
  printJson,
} from '../../../engine-worker/index.ts'
import { href } from '../../route.ts'
import { useContent } from '../../store/project/project.ts'
import { classes } from '../../ui/classes.ts'
import { endOf } from './ends.ts'
import { useLineageWords } from './lineage-words.ts'

interface PropertyWaysProps {
  readonly project: string
  readonly lineage: Lineage
  readonly dataset: string
  readonly property: string
}

/** The same as the picture, in words: each way with its pipe, what becomes of the value, and the step that does it. */
export function PropertyWays({ project, lineage, dataset, property }: PropertyWaysProps) {
  const w = useLineageWords()
  const byId = new Map(lineage.nodes.map((node) => [node.id, node]))
  const here = lineage.nodes.find(({ side }) => side === 'here')
  const up = lineage.edges.filter(({ from }) => byId.get(from)?.side === 'up')
  const into = lineage.edges.filter(({ to }) => to === here?.id)
  const down = lineage.edges.filter((edge) => !up.includes(edge))
  return (
    <div className="flex flex-col gap-5 p-4">
      <header>
        <h1 className="text-title [overflow-wrap:anywhere]">{property}</h1>
        <a className="link inline-block leading-6" href={href({ at: 'data', project, dataset, entity: null })}>
          {dataset}
        </a>
      </header>
      <section aria-label={w.lineage.from}>
        <h2 className="eyebrow mb-1">{w.lineage.from}</h2>
        {into.length === 0 && (
          <p className="text-ink-soft">
            <strong className="text-ink">{w.lineage.madeHere}.</strong> {w.lineage.madeHereSays}
          </p>
        )}
        <Ways project={project} edges={up} byId={byId} shown="from" />
      </section>
      <section aria-label={w.lineage.to}>
        <h2 className="eyebrow mb-1">{w.lineage.to}</h2>
        {down.length === 0 && <p className="text-ink-soft">{w.lineage.endsHere}</p>}
        <Ways project={project} edges={down} byId={byId} shown="to" />
      </section>
    </div>
  )
}

interface WaysProps {
  readonly project: string
  readonly edges: readonly LineageEdge[]
  readonly byId: ReadonlyMap<string, LineageNode>
  /** The end that a way leads to. */
  readonly shown: 'from' | 'to'
}

function Ways({ project, edges, byId, shown }: WaysProps) {
  const w = useLineageWords()
  const content = useContent()
  return (
    <ol className="flex flex-col">
      {edges.map((edge) => {
        const node = byId.get(edge[shown])
        const other = byId.get(edge[shown === 'from' ? 'to' : 'from'])
        const step = stepText(content.components, edge)
        if (!node || !other) return null
        const end = endOf(node, w)
        return (
          <li key={edge.id} className="border-b border-line py-2 last:border-b-0">
            <p className="mono [overflow-wrap:anywhere]">
              {node.dataset === null ? (
                <strong>{end.property}</strong>
              ) : (
                <a
                  className="font-semibold hover:underline"
                  href={href({ at: 'lineage', project, dataset: node.dataset, property: node.property })}
                >
                  {end.property}
                </a>
              )}{' '}
              <span className="text-ink-soft">{end.place}</span>
            </p>
            <p className={classes('text-ink-soft', edge.how === 'decides' && 'text-hops')}>
              {shown === 'from' ? '→' : '←'} <span className="mono">{endOf(other, w).property}</span>{' '}
              {w.lineage.how[edge.how]}, {w.lineage.through}{' '}
              <a className="link" href={href({ at: 'pipe', project, pipe: edge.pipe })}>
                {edge.pipe}
              </a>
            </p>
            {step !== null && <p className="mono truncate text-ink-faint">{step}</p>}
          </li>
        )
      })}
    </ol>
  )
}

type Components = ReturnType<typeof useContent>['components']

/** The step that makes a property, as DTL. */
function stepText(components: Components, { pipe, at }: LineageEdge): string | null {
  const component = Object.values(components).find(({ kind, id }) => kind === 'pipe' && id === pipe)
  if (!component || at.length === 0) return null
  let value: unknown = componentValue(component)
  for (const key of at) {
    // A single transform may stand without a list around it.
    if (typeof key === 'number' && !Array.isArray(value)) continue
    value = (value as JsonObject | undefined)?.[String(key)]
  }
  return Array.isArray(value) ? printJson(value) : null
}
