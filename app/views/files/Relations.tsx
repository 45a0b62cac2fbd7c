import {
  decideRelation,
  type FileRelation,
  type RelationUse,
  relationId,
  useDataFiles,
} from '../../store/project/import/data-files.ts'
import { Segments } from '../../ui/Segments.tsx'
import { useFilesWords } from './files-words.ts'

/** How the files belong together, counted; each relation is merged, joined or left. */
export function Relations() {
  const w = useFilesWords().dataFiles
  const relations = useDataFiles((state) => state.relations)
  // What makes one of two comes before what hangs something on it.
  const inOrder = relations.toSorted((a, b) => Number(b.kind === 'merge') - Number(a.kind === 'merge'))
  return (
    <section aria-label={w.together} className="flex flex-col gap-2">
      <h2 className="eyebrow">{w.together}</h2>
      {relations.length === 0 && <p className="text-ink-soft">{w.alone}</p>}
      {inOrder.map((relation) => (
        <RelationCard key={relationId(relation)} relation={relation} />
      ))}
    </section>
  )
}

function RelationCard({ relation }: { readonly relation: FileRelation }) {
  const w = useFilesWords().dataFiles
  const use = useDataFiles((state) => state.uses.get(relationId(relation)) ?? 'leave')
  const files = useDataFiles((state) => state.files)
  const { one, many, kind, matched, of, exact, alone, most, form } = relation
  const pipeOf = (id: string) => files.find((file) => file.id === id)?.pipe ?? ''
  const [left, right] = [`${pipeOf(one.file)}.${one.column}`, `${pipeOf(many.file)}.${many.column}`]
  const options: readonly RelationUse[] = kind === 'merge' ? ['merge', 'join', 'leave'] : ['join', 'merge', 'leave']
  return (
    <div
      className={`flex flex-col gap-1.5 rounded-lg border p-3 ${use === 'leave' ? 'border-line bg-sunken' : 'border-line bg-surface shadow-low'}`}
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <code className="max-w-full truncate rounded-sm bg-source-soft px-1.5 text-source">{left}</code>
        <span aria-hidden>{kind === 'merge' ? '=' : '←'}</span>
        <code className="max-w-full truncate rounded-sm bg-source-soft px-1.5 text-source">{right}</code>
      </div>
      <Meeting parts={[alone, matched, of - matched]} isJoin={kind === 'join'} />
      <p className="text-tiny">
        {kind === 'merge' ? (
          <>
            <span className="text-ink-soft">{w.onlyIn(alone, pipeOf(one.file))} · </span>
            <b>{w.both(matched)}</b>
            <span className="text-ink-soft"> · {w.onlyIn(of - matched, pipeOf(many.file))}</span>
          </>
        ) : (
          <>
            <b>{w.meet(matched, of, pipeOf(many.file))}</b> <span className="text-ink-soft">· {w.atMost(most)}</span>
          </>
        )}
        {(form === 1 || form === 2 || form === 3) && (
          <span className="block text-ink-soft">
            {w.ignoring[form]}
            {exact < matched && ` · ${w.asTheyAre(exact)}`}
          </span>
        )}
      </p>
      <Segments
        label={w.useOf(left, right)}
        options={options.map((id) => ({ id, label: w.uses[id] }))}
        value={use}
        onChange={(next) => decideRelation(relation, next)}
      />
    </div>
  )
}

/** Only in one, in both, only in the other, to scale. */
function Meeting({ parts, isJoin }: { readonly parts: readonly [number, number, number]; readonly isJoin: boolean }) {
  const shown = isJoin ? [0, parts[1], parts[2]] : parts
  const all = Math.max(1, shown[0] + shown[1] + shown[2])
  const look = ['bg-source/40', 'bg-accent', isJoin ? 'bg-warn/60' : 'bg-source/40']
  return (
    <span aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full">
      {shown.map((part, at) => (
        <span key={at} className={look[at]} style={{ width: `${(100 * part) / all}%` }} />
      ))}
    </span>
  )
}
