import { RefreshCw, WifiOff } from 'lucide-react'
import { useWords } from '../i18n/i18n.ts'
import { isOutdated, reloadApp } from '../store/update.ts'
import { useQuery } from '../store/use-query.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'

/** Shown instead of a view whose code could not be loaded: a newer build is deployed, or the server cannot be reached. */
export function CodeMissing({ onAgain }: { readonly onAgain: () => void }) {
  const w = useWords()
  const { value: outdated } = useQuery('outdated', isOutdated)
  if (outdated === null) return null
  return outdated ? (
    <Empty
      icon={<RefreshCw size={20} aria-hidden />}
      title={w.update.title}
      action={
        <Button look="main" onClick={() => void reloadApp()}>
          {w.update.reload}
        </Button>
      }
    >
      {w.update.says}
    </Empty>
  ) : (
    <Empty
      icon={<WifiOff size={20} aria-hidden />}
      title={w.update.unreachable}
      action={<Button onClick={onAgain}>{w.update.again}</Button>}
    >
      {w.update.unreachableSays}
    </Empty>
  )
}
