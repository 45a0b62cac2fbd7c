import { Check, Copy, Footprints, GitBranch, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { formatPart, type JsonObject } from '../../engine-worker/index.ts'
import { currentWords } from '../i18n/i18n.ts'
import { go } from '../route.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import { toast } from '../store/toasts.ts'
import { useQuery } from '../store/use-query.ts'
import { walkTo } from '../store/walk-target.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import { useBrowseWords } from './browse-words.ts'
import { CompareEntity } from './CompareEntity.tsx'
import { DeletedNote } from './DeletedNote.tsx'
import { EditEntity } from './EditEntity.tsx'
import { EntityReferences } from './EntityReferences.tsx'
import { useEntityView } from './entity-view.ts'
import { followIdentifier } from './follow-reference.ts'
import { JsonText } from './JsonText.tsx'
import { Origin } from './Origin.tsx'
import { PayloadView, payloadOf } from './Payload.tsx'
import { TextDiff } from './TextDiff.tsx'
import { Tree } from './Tree.tsx'
import { shownText } from './value.ts'
import { entityOf } from './window.ts'

interface EntityPanelProps {
  readonly dataset: string
  readonly id: string
  readonly onClose: () => void
}

/** One entity of a dataset: as a tree, as text, and what changed from version to version. */
export function EntityPanel({ dataset, id, onClose }: EntityPanelProps) {
  const w = useBrowseWords()
  const project = useProject((state) => state.id)
  const chosen = useEntityView((state) => state.view)
  const all = useVersions(dataset, id)
  const [latest] = all ?? []
  const payload = latest && dataset.startsWith('system:output:') ? payloadOf(latest) : null
  const hasOrigin = !dataset.startsWith('system:')
  const fits = chosen === 'payload' ? payload !== null : chosen !== 'origin' || hasOrigin
  const view = chosen !== null && fits ? chosen : payload ? 'payload' : 'tree'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex items-center gap-1 px-4 pt-3">
        <h2 className="min-w-0 flex-1 truncate text-title" title={id}>
          {id}
        </h2>
        {latest && !dataset.startsWith('system:') && project !== null && (
          <IconButton
            label={w.views.lineage.says}
            onClick={() => go({ at: 'lineage', project, dataset, property: null })}
          >
            <GitBranch size={15} aria-hidden />
          </IconButton>
        )}
        {latest && !dataset.startsWith('system:') && (
          <IconButton label={w.walk.openSays} onClick={() => void startWalk(dataset, id, null)}>
            <Footprints size={15} aria-hidden />
          </IconButton>
        )}
        {latest && <EditEntity dataset={dataset} entity={latest} />}
        {latest && <CopyButton text={formatPart(latest)} />}
        <IconButton label={w.common.close} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {all !== null && !latest && <p className="px-4 py-2 text-ink-soft">{w.browse.data.noEntity(id)}</p>}
      {latest && (
        <>
          {latest._deleted === true && <DeletedNote dataset={dataset} id={id} />}
          <Tabs
            className="flex-1 [&>div:first-child]:px-4"
            label={w.browse.data.views}
            value={view}
            onChange={(next) => useEntityView.setState({ view: next })}
            tabs={[
              ...(payload ? [{ id: 'payload' as const, label: w.browse.data.payload }] : []),
              { id: 'tree', label: w.browse.data.tree },
              { id: 'text', label: w.browse.data.text },
              ...(hasOrigin ? [{ id: 'origin' as const, label: w.browse.origin.title }] : []),
              { id: 'references', label: w.browse.reach.title },
              { id: 'versions', label: w.browse.data.versions(all?.length ?? 0) },
            ]}
          >
            <div className="min-h-0 flex-1 overflow-auto">
              {view === 'payload' && payload && <PayloadView payload={payload} />}
              {view === 'tree' && (
                <Tree
                  key={String(latest._updated)}
                  value={latest}
                  label={id}
                  onFollow={(each) => void followIdentifier(each)}
                  {...(dataset.startsWith('system:')
                    ? {}
                    : { onMaker: (property: string) => void startWalk(dataset, id, property) })}
                />
              )}
              {view === 'text' && <JsonText text={formatPart(latest)} label={id} />}
              {view === 'origin' && <Origin place={{ dataset, id }} entity={latest} />}
              {view === 'references' && <EntityReferences id={id} />}
              {view === 'versions' && (
                <>
                  <CompareEntity dataset={dataset} id={id} />
                  <Versions all={all ?? []} />
                </>
              )}
            </div>
          </Tabs>
        </>
      )}
    </div>
  )
}

/** Goes to the pipe that made the entity; says so where there is none. */
async function startWalk(dataset: string, id: string, property: string | null): Promise<void> {
  if (!(await walkTo(dataset, id, property))) toast(currentWords().walk.noMaker)
}

function useVersions(dataset: string, id: string): readonly JsonObject[] | null {
  const version = useEngine((state) => state.version)
  const key = JSON.stringify([dataset, id, version])
  const { value, failure } = useQuery(key, async () => (await ask('versions', { dataset, id })).map(entityOf), {
    about: JSON.stringify([dataset, id]),
  })
  return value ?? (failure === null ? null : [])
}

/** Each version with what it changed of the one before. */
function Versions({ all }: { readonly all: readonly JsonObject[] }) {
  const w = useBrowseWords()
  const texts = useMemo(() => all.map((entity) => formatPart(withoutStore(entity))), [all])
  return (
    <ol>
      {all.map((entity, index) => (
        <li key={String(entity._updated)} className="border-b border-line">
          <h3 className="eyebrow flex justify-between px-4 pt-2">
            <span>{w.browse.data.version(shownText(entity._updated ?? null))}</span>
            {entity._deleted === true && <span className="text-bad">{w.data.deleted}</span>}
          </h3>
          <TextDiff
            before={texts[index + 1] ?? ''}
            after={texts[index] ?? ''}
            label={w.browse.data.version(shownText(entity._updated ?? null))}
          />
        </li>
      ))}
    </ol>
  )
}

/** Properties that the store adds are no changes. */
function withoutStore(entity: JsonObject): JsonObject {
  const kept = { ...entity }
  for (const key of ['_hash', '_previous', '_ts', '_updated']) delete kept[key]
  return kept
}

/** Copies a text, and shows that it did. */
function CopyButton({ text }: { readonly text: string }) {
  const w = useBrowseWords()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      label={copied ? w.common.copied : w.common.copy}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? <Check size={15} aria-hidden className="text-good" /> : <Copy size={15} aria-hidden />}
    </IconButton>
  )
}
