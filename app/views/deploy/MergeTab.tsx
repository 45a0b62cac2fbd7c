import { FileArchive, FolderOpen, GitMerge } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import {
  componentById,
  fileText,
  type MergeConflict,
  type MergeEntry,
  type Project,
} from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { ConflictChoice } from '../../data/ConflictChoice.tsx'
import { TextDiff } from '../../data/TextDiff.tsx'
import { failureText } from '../../store/failure.ts'
import { configurationFiles, filesOfInput } from '../../store/project/import/chosen-files.ts'
import { readFiles } from '../../store/project/import/read-project.ts'
import {
  applyMerge,
  chooseSide,
  chooseWhole,
  conflictKey,
  endMerge,
  mergedProject,
  startMerge,
  useMerge,
} from '../../store/project/merge.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { useDeployWords } from './deploy-words.ts'

const MergeCanvas = lazy(() =>
  import('../../canvas/merge/MergeCanvas.tsx').then((module) => ({ default: module.MergeCanvas })),
)

/** Brings a newer version of the project in: chooses it, shows what would change, and applies it. */
export function MergeTab() {
  const w = useDeployWords()
  const merge = useMerge()
  const baseline = useProject((state) => state.baseline)
  const content = useProject((state) => state.document.content)
  const readOnly = useProject((state) => state.readOnly)
  const merged = useMemo(() => mergedProject(baseline, content, merge), [baseline, content, merge])
  if (merged === null)
    return (
      <Empty icon={<GitMerge size={20} aria-hidden />} title={w.merging.title} action={readOnly ? null : <Ways />}>
        {readOnly ? w.merging.readOnly : w.merging.says}
      </Empty>
    )
  if (merged.entries.length === 0)
    return (
      <Empty
        icon={<GitMerge size={20} aria-hidden />}
        title={w.merging.same}
        action={<Button onClick={endMerge}>{w.common.back}</Button>}
      >
        {w.merging.sameSays(merge.name)}
      </Empty>
    )
  return (
    <MergeReview
      name={merge.name}
      theirs={merge.theirs ?? content}
      before={content}
      after={merged.project}
      entries={merged.entries}
    />
  )
}

/** The ways to choose a newer version. */
function Ways() {
  const w = useDeployWords()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const [reading, setReading] = useState<AbortController | null>(null)
  const takeFiles = async (list: readonly File[]) => {
    const stop = new AbortController()
    setReading(stop)
    try {
      const context = { signal: stop.signal, onProgress: () => {} }
      const { name, imported } = await readFiles(filesOfInput(list), context)
      if (stop.signal.aborted) return
      if (Object.keys(imported.project.components).length === 0) toast(w.merging.nothingFound, 'bad')
      else startMerge(imported.project, name || list[0]?.name || '')
    } catch (error) {
      if (!stop.signal.aborted) toast(w.merging.failed(failureText(error)), 'bad')
    } finally {
      setReading(null)
    }
  }
  if (reading)
    return (
      <div className="flex items-center gap-3">
        <p aria-live="polite">{w.merging.reading}</p>
        <Button onClick={() => reading.abort()}>{w.common.cancel}</Button>
      </div>
    )
  return (
    <div className="flex gap-2">
      <Button look="main" icon={<FileArchive size={14} aria-hidden />} onClick={() => files.current?.click()}>
        {w.merging.files}
      </Button>
      <Button icon={<FolderOpen size={14} aria-hidden />} onClick={() => folder.current?.click()}>
        {w.merging.folder}
      </Button>
      <FileInput
        ref={files}
        accept={configurationFiles}
        testId="merge-files"
        onFiles={(list) => void takeFiles(list)}
      />
      <FileInput ref={folder} folder testId="merge-folder" onFiles={(list) => void takeFiles(list)} />
    </div>
  )
}

interface MergeReviewProps {
  readonly name: string
  readonly theirs: Project
  readonly before: Project
  readonly after: Project
  readonly entries: readonly MergeEntry[]
}

type Group = MergeEntry['outcome'] | 'conflict'

/** Conflicts first: they need somebody's choice. */
const groups: readonly Group[] = ['conflict', 'merged', 'taken', 'removed', 'kept']

function groupOf({ outcome, conflicts }: MergeEntry): Group {
  return conflicts.length > 0 ? 'conflict' : outcome
}

/** What a merge would change, entry by entry, and the choices that it asks for. */
function MergeReview({ name, theirs, before, after, entries }: MergeReviewProps) {
  const w = useDeployWords()
  const [key, setKey] = useState<string | null>(null)
  const [as, setAs] = useState<'text' | 'canvas'>('text')
  const sorted = useMemo(
    () => entries.toSorted((a, b) => groups.indexOf(groupOf(a)) - groups.indexOf(groupOf(b))),
    [entries],
  )
  const shown = sorted.find((entry) => entry.key === key) ?? sorted[0]
  const conflicts = entries.reduce((sum, entry) => sum + entry.conflicts.length, 0)
  const changed = entries.filter(({ outcome }) => outcome !== 'kept').length
  const apply = async () => {
    const { step, beforeMerge, afterMerge, done } = w.merging
    try {
      await applyMerge({ step: step(name), before: beforeMerge(name), after: afterMerge(name) })
      toast(done(changed))
    } catch (error) {
      toast(failureText(error), 'bad')
    }
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-3 border-b border-line bg-surface px-4 py-2">
        <p role="status" className="min-w-0 flex-1">
          {w.merging.summary(name, changed, conflicts)}
        </p>
        <Segments
          label={w.merging.as}
          options={[
            { id: 'text', label: w.merging.text },
            { id: 'canvas', label: w.merging.canvas },
          ]}
          value={as}
          onChange={setAs}
        />
        <Button onClick={endMerge}>{w.merging.giveUp}</Button>
        <Button look="main" onClick={() => void apply()}>
          {w.merging.apply}
        </Button>
      </div>
      {as === 'canvas' ? (
        <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
          <Suspense fallback={<p className="flex-1 p-4 text-ink-soft">{w.common.loading}</p>}>
            <MergeCanvas theirs={theirs} merged={after} entries={entries} chosen={key} onChoose={setKey} />
          </Suspense>
          <aside
            aria-label={w.merging.entries}
            className="flex min-h-0 flex-col border-line max-lg:h-2/5 max-lg:border-t lg:w-[440px] lg:border-l"
          >
            {key === null ? (
              <p className="p-4 text-ink-soft">{w.merging.chooseCard}</p>
            ) : (
              <CardReview key={key} entry={key} entries={entries} before={before} after={after} />
            )}
          </aside>
        </div>
      ) : (
        <div className="flex min-h-0 flex-1">
          <ChoiceList
            label={w.merging.entries}
            items={sorted}
            keyOf={(entry) => entry.key}
            chosen={shown}
            onChoose={(entry) => setKey(entry.key)}
            groupOf={(entry) => w.merging.groups[groupOf(entry)]}
          >
            {(entry) => (
              <>
                <span className="min-w-0 flex-1 break-all">{entry.name}</span>
                {entry.conflicts.length > 0 && (
                  <span className="text-tiny text-warn">{w.merging.conflicts(entry.conflicts.length)}</span>
                )}
              </>
            )}
          </ChoiceList>
          {shown && <EntryReview key={shown.key} entry={shown} before={before} after={after} />}
        </div>
      )}
    </div>
  )
}

/** What the merge does to the card that is chosen on the canvas. */
function CardReview({
  entry,
  entries,
  before,
  after,
}: {
  readonly entry: string
  readonly entries: readonly MergeEntry[]
  readonly before: Project
  readonly after: Project
}) {
  const w = useDeployWords()
  const baseline = useProject((state) => state.baseline)
  const found = entries.find(({ key }) => key === entry)
  const name = entry.replace(/^\S+ /, '')
  if (found) return <EntryReview entry={found} before={before} after={after} isCard />
  const nothing = { key: entry, name, outcome: 'kept', conflicts: [] } as const
  const isOwn = textOf(baseline, nothing) !== textOf(before, nothing)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
      <h2 className="px-4 pt-3 text-title break-all">{name}</h2>
      <p className="px-4 py-2 text-ink-soft">{isOwn ? w.merging.ownOnly : w.merging.untouched}</p>
      {isOwn && (
        <TextDiff before={textOf(baseline, nothing)} after={textOf(before, nothing)} label={w.merging.result(name)} />
      )}
    </div>
  )
}

/** The conflicts of one component or file, and its text before and after. */
function EntryReview({
  entry,
  before,
  after,
  isCard = false,
}: {
  readonly entry: MergeEntry
  readonly before: Project
  readonly after: Project
  /** One side may count for all of it. */
  readonly isCard?: boolean
}) {
  const w = useDeployWords()
  const { browse } = useBrowseWords()
  const whole = useMerge((state) => state.whole[entry.key] ?? 'both')
  const [was, becomes] = [textOf(before, entry), textOf(after, entry)]
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto bg-surface">
      {isCard && (
        <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
          <span className="min-w-0 flex-1 font-semibold break-all">{entry.name}</span>
          <Segments
            label={w.merging.all(entry.name)}
            options={[
              { id: 'both', label: w.merging.both },
              { id: 'mine', label: browse.conflict.sides.mine },
              { id: 'theirs', label: browse.conflict.sides.theirs },
            ]}
            value={whole}
            onChange={(side) => chooseWhole(entry.key, side === 'both' ? null : side)}
          />
        </div>
      )}
      {whole === 'both' &&
        entry.conflicts.map((conflict) => (
          <Choice key={conflictKey(entry.key, conflict)} entry={entry.key} conflict={conflict} />
        ))}
      <h2 className="eyebrow px-4 pt-3 pb-1">{w.merging.result(entry.name)}</h2>
      {was === becomes ? (
        <p className="px-4 pb-3 text-ink-soft">{w.merging.unchanged}</p>
      ) : (
        <TextDiff before={was} after={becomes} label={w.merging.result(entry.name)} />
      )}
    </div>
  )
}

/** The text of what an entry names; empty where it is not there. */
function textOf(project: Project, entry: MergeEntry): string {
  const kind = kindOf(entry)
  if (kind === undefined) return fileText(project, project.root + entry.key) ?? ''
  return componentById(project, entry.name, kind)?.text ?? ''
}

/** The kind of component that an entry names; undefined for a file. */
function kindOf({ key, name }: MergeEntry) {
  return (['pipe', 'system', 'metadata'] as const).find((each) => key === `${each} ${name}`)
}

/** A place that both changed, and which of the two counts in this merge. */
function Choice({ entry, conflict }: { readonly entry: string; readonly conflict: MergeConflict }) {
  const key = conflictKey(entry, conflict)
  const chosen = useMerge((state) => state.choices[key] ?? 'mine')
  return <ConflictChoice conflict={conflict} chosen={chosen} onChoose={(side) => chooseSide(key, side)} />
}
