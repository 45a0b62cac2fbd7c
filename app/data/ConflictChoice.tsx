import { formatPart, type MergeConflict, type MergeSide } from '../../engine-worker/index.ts'
import { classes } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'
import { useBrowseWords } from './browse-words.ts'

interface ConflictChoiceProps {
  readonly conflict: MergeConflict
  readonly chosen: MergeSide
  readonly onChoose: (side: MergeSide) => void
}

/** A place that two versions changed in different ways: what each made of it, and which counts. */
export function ConflictChoice({ conflict, chosen, onChoose }: ConflictChoiceProps) {
  const w = useBrowseWords().browse.conflict
  const place = conflict.path.length === 0 ? w.whole : conflict.path.join(' › ')
  return (
    <section aria-label={place} className="border-b border-line px-4 py-3">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h3 className="mono min-w-0 flex-1 break-all text-tiny">{place}</h3>
        <Segments
          label={w.choose(place)}
          options={[
            { id: 'mine', label: w.sides.mine },
            { id: 'theirs', label: w.sides.theirs },
          ]}
          value={chosen}
          onChange={onChoose}
        />
      </div>
      <div className="grid gap-2 xl:grid-cols-3">
        <Side name={w.before} value={conflict.base} />
        <Side name={w.sides.mine} value={conflict.mine} isChosen={chosen === 'mine'} />
        <Side name={w.sides.theirs} value={conflict.theirs} isChosen={chosen === 'theirs'} />
      </div>
    </section>
  )
}

interface SideProps {
  readonly name: string
  readonly value: MergeConflict['base']
  readonly isChosen?: boolean
}

function Side({ name, value, isChosen = false }: SideProps) {
  const w = useBrowseWords().browse.conflict
  return (
    <figure
      className={classes('min-w-0 rounded-md border p-2', isChosen ? 'border-accent bg-accent-soft' : 'border-line')}
    >
      <figcaption className="mb-1 text-tiny text-ink-soft">{name}</figcaption>
      {value === undefined ? (
        <span className="text-ink-faint">{w.absent}</span>
      ) : (
        <pre tabIndex={0} className="max-h-40 overflow-auto text-tiny">
          {formatPart(value)}
        </pre>
      )}
    </figure>
  )
}
