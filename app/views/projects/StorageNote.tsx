import { useWords } from '../../i18n/i18n.ts'
import { askForPersistence, usePersistence } from '../../store/disk/persistence.ts'

/** How the browser keeps the projects, and what the app is made of. */
export function StorageNote() {
  const w = useWords()
  const state = usePersistence((persistence) => persistence.state)
  return (
    <footer className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-tiny text-ink-soft">
      <p className="min-w-60 flex-1">
        {w.storage[state]}{' '}
        {state === 'may-be-cleared' && (
          <button type="button" className="link" onClick={() => void askForPersistence()}>
            {w.storage.ask}
          </button>
        )}
      </p>
      <a className="link" href="./notices.txt" target="_blank" rel="noreferrer">
        {w.storage.notices}
      </a>
    </footer>
  )
}
