import { Maximize, Minus, Plus } from 'lucide-react'
import { useWords } from '../i18n/i18n.ts'
import { IconButton } from './IconButton.tsx'

interface ZoomButtonsProps {
  readonly onZoom: (closer: boolean) => void
  readonly onFit: () => void
  /** The key that shows all. */
  readonly fitShortcut?: string
}

/** Closer, further away, all of it: for any canvas. */
export function ZoomButtons({ onZoom, onFit, fitShortcut }: ZoomButtonsProps) {
  const w = useWords()
  return (
    <>
      <IconButton label={w.flow.zoomOut} onClick={() => onZoom(false)}>
        <Minus size={15} aria-hidden />
      </IconButton>
      <IconButton label={w.flow.zoomIn} onClick={() => onZoom(true)}>
        <Plus size={15} aria-hidden />
      </IconButton>
      <IconButton label={w.flow.fit} {...(fitShortcut ? { shortcut: fitShortcut } : {})} onClick={onFit}>
        <Maximize size={15} aria-hidden />
      </IconButton>
    </>
  )
}
