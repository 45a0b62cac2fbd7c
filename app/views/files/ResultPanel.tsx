import { Check } from 'lucide-react'
import { count } from '../../i18n/numbers.ts'
import { type BroughtFile, relationId, useDataFiles } from '../../store/project/import/data-files.ts'
import { Button } from '../../ui/Button.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { useFilesWords } from './files-words.ts'

interface ResultPanelProps {
  readonly label: string
  readonly isReady: boolean
  readonly isNew: boolean
  readonly onMake: () => void
  readonly onMakeBare: () => void
}

/** What will be made of the files: their pipes, what merges and joins them; and the one button. */
export function ResultPanel({ label, isReady, isNew, onMake, onMakeBare }: ResultPanelProps) {
  const w = useFilesWords().dataFiles
  const { files, relations, uses } = useDataFiles()
  const read = files.filter(({ report }) => report !== null)
  const usedRelations = relations.filter((relation) => (uses.get(relationId(relation)) ?? 'leave') !== 'leave')
  const merges = usedRelations.filter((relation) => uses.get(relationId(relation)) === 'merge')
  const joins = usedRelations.filter(
    (relation, at) =>
      uses.get(relationId(relation)) === 'join' &&
      usedRelations.findIndex(
        ({ many }) => many.file === relation.many.file && many.column === relation.many.column,
      ) === at,
  )
  const merged = read.filter(({ id }) => merges.some(({ one, many }) => one.file === id || many.file === id))
  const extra = merges.length > 0 || joins.length > 0 ? 1 : 0
  const nameOf = (id: string) => files.find((file) => file.id === id)?.pipe ?? ''
  const conversions = read.reduce((sum, { converted }) => sum + converted.size, 0)
  const target = merged[0]
    ? `global-${merged[0].pipe}`
    : joins[0]
      ? `${nameOf(joins[0].one.file)}-${nameOf(joins[0].many.file)}`
      : null
  const apart = merges.reduce(
    (sum, { matched }) => sum - matched,
    merged.reduce((sum, file) => sum + rowsOf(file), 0),
  )
  return (
    <section aria-label={w.made} className="flex flex-1 flex-col gap-3">
      <h2 className="eyebrow">{w.made}</h2>
      <div className="flex items-stretch gap-3">
        <ul className="flex min-w-0 flex-1 flex-col gap-1.5">
          {read.map((file) => (
            <li key={file.id} className="rounded-md border border-line border-l-2 border-l-source bg-surface px-2 py-1">
              <span className="block truncate font-semibold">{file.pipe}</span>
              <span className="block text-tiny text-ink-soft">
                {count(rowsOf(file))} · {file.report?.kind}
              </span>
            </li>
          ))}
        </ul>
        {target !== null && (
          <>
            <MadeWires
              kinds={read.map(({ id }) =>
                merged.some((file) => file.id === id) ? 'flow' : joins.length > 0 ? 'hops' : null,
              )}
            />
            <div className="min-w-0 flex-1 self-center rounded-md border border-accent border-l-2 bg-accent-soft px-2 py-1">
              <span className="block truncate font-semibold" title={target}>
                {target}
              </span>
              {merged.length > 0 && <span className="block text-tiny text-ink-soft">{w.merged(apart)}</span>}
              {joins.map(({ many }) => (
                <span key={many.file + many.column} className="block text-tiny text-hops">
                  {w.joined(nameOf(many.file))}
                </span>
              ))}
            </div>
          </>
        )}
      </div>
      <div className="flex-1" />
      <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-col gap-2 border-t border-line bg-surface p-4">
        <ul className="flex flex-col gap-1 text-tiny text-ink-soft">
          <Assurance text={`${w.pipes(read.length + extra)}, ${w.conversions(conversions)}`} />
          {!isNew && <Assurance text={w.oneStep} />}
        </ul>
        <Button look="main" className="h-10" disabled={!isReady} onClick={onMake}>
          {label} <Keys of="Mod+Enter" />
        </Button>
        {usedRelations.length > 0 && (
          <Button look="quiet" className="text-accent" disabled={!isReady} onClick={onMakeBare}>
            {w.bare}
          </Button>
        )}
      </div>
    </section>
  )
}

/** From each file to what is made of them: solid where it is merged, dashed where it is joined. */
function MadeWires({ kinds }: { readonly kinds: readonly ('flow' | 'hops' | null)[] }) {
  return (
    <svg aria-hidden viewBox="0 0 32 100" preserveAspectRatio="none" className="-mx-3 w-8 shrink-0 self-stretch">
      {kinds.map((kind, at) => {
        const y = (100 * (at + 0.5)) / kinds.length
        return (
          kind !== null && (
            <path
              key={at}
              d={`M0 ${y}C16 ${y} 16 50 32 50`}
              fill="none"
              vectorEffect="non-scaling-stroke"
              className={kind === 'hops' ? 'stroke-hops' : 'stroke-line-strong'}
              strokeWidth={1.5}
              {...(kind === 'hops' ? { strokeDasharray: '4 3' } : {})}
            />
          )
        )
      })}
    </svg>
  )
}

function Assurance({ text }: { readonly text: string }) {
  return (
    <li className="flex items-center gap-2">
      <Check size={13} aria-hidden className="shrink-0 text-good" /> {text}
    </li>
  )
}

function rowsOf({ report }: BroughtFile): number {
  return report?.rows ?? 0
}
