import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useProject } from '../../../store/project/project.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useSettingWords } from './settings-words.ts'

interface FrameProps {
  readonly label: string
  readonly help: string
  readonly children: ReactNode
  /** Adds an item; null where nothing can be added. */
  readonly onAdd: (() => void) | null
}

/** Settings that belong together, with their words and a way to add one. */
export function SettingFrame({ label, help, children, onAdd }: FrameProps) {
  const w = useSettingWords()
  const readOnly = useProject((state) => state.readOnly)
  return (
    <fieldset aria-label={label} className="flex min-w-0 flex-col gap-2">
      <header className="flex items-center gap-2">
        <span className="flex-1 text-ink-soft">{label}</span>
        {onAdd !== null && !readOnly && (
          <Button small icon={<Plus size={12} aria-hidden />} aria-label={w.addItem(label)} onClick={onAdd}>
            {w.item}
          </Button>
        )}
      </header>
      {children}
      {help !== '' && help !== `${label}.` && <p className="text-tiny text-ink-faint">{help}</p>}
    </fieldset>
  )
}

/** Takes an item away. */
export function RemoveItem({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  const readOnly = useProject((state) => state.readOnly)
  return readOnly ? null : (
    <IconButton label={label} className="size-7 shrink-0 self-end" onClick={onRemove}>
      <X size={13} aria-hidden />
    </IconButton>
  )
}
