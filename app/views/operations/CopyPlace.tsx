import { FolderOpen } from 'lucide-react'
import type { SafetyReport } from '../../../engine-worker/index.ts'
import { ago } from '../../i18n/i18n.ts'
import { ask } from '../../store/engine/open-project.ts'
import { allowSafetyFolder, chooseSafetyFolder } from '../../store/project/safety.ts'
import { canWriteFolders } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { useDurableWords } from './durable-words.ts'
import { useKeptByBrowser } from './kept-by-browser.ts'

/** What the parts of the dialog have in common. */
export interface SafetyPartProps {
  readonly state: NonNullable<SafetyReport['state']>
  readonly isBlocked: boolean
  /** Does something, and says what went wrong. */
  readonly work: (what: () => Promise<unknown>) => Promise<void>
}

/** Where the second copy is, how old it is, and whether the browser keeps it. */
export function CopyPlace({ state, isBlocked, work, isWanted }: SafetyPartProps & { readonly isWanted: boolean }) {
  const w = useDurableWords()
  const { place, copy } = state
  const isServer = place.kind === 'server'
  return (
    <section aria-label={w.durable.copy}>
      <h3 className="eyebrow mb-1">{w.durable.copy}</h3>
      <p>
        {copy === null
          ? isServer
            ? w.durable.noCopyThere
            : isWanted
              ? w.durable.notCopied
              : w.durable.noCopy
          : `${placeText(place, w)}: ${w.durable.copyIs(
              w.durable.bytes(copy.bytes ?? 0),
              copy.at === null ? null : ago(copy.at, w),
            )}`}
      </p>
      {!place.isReady && place.kind === 'folder' && (
        <p className="mt-2 flex items-center gap-2 text-warn">
          <span className="min-w-0 flex-1">{w.durable.mustAllow(place.name)}</span>
          <Button disabled={isBlocked} onClick={() => void work(() => allowSafetyFolder(place.handle))}>
            {w.durable.allow}
          </Button>
        </p>
      )}
      {!isServer && (
        <>
          <div className="mt-2 flex flex-wrap gap-2">
            {canWriteFolders() ? (
              <Button
                icon={<FolderOpen size={14} aria-hidden />}
                disabled={isBlocked}
                onClick={() => void work(chooseSafetyFolder)}
              >
                {w.durable.choose}
              </Button>
            ) : (
              <p className="text-ink-soft">{w.durable.noFolders}</p>
            )}
            {place.kind === 'folder' && (
              <Button disabled={isBlocked} onClick={() => void work(() => ask('configureSafety', { folder: null }))}>
                {w.durable.useBrowser}
              </Button>
            )}
          </div>
          <KeptByBrowser />
        </>
      )}
    </section>
  )
}

/** The browser's answer to whether it keeps the data of the site. */
function KeptByBrowser() {
  const w = useDurableWords().durable
  const [answer, keep] = useKeptByBrowser()
  return (
    <p className="mt-2 text-ink-soft">
      {w.persistence[answer]}{' '}
      {answer !== 'kept' && (
        <button type="button" className="link" onClick={keep}>
          {w.ask}
        </button>
      )}
    </p>
  )
}

function placeText({ kind, name }: SafetyPartProps['state']['place'], w: ReturnType<typeof useDurableWords>): string {
  const { places } = w.durable
  return kind === 'browser' ? places.browser : kind === 'folder' ? places.folder(name) : places.server(name)
}
