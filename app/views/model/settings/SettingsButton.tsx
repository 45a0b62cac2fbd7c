import { Settings2 } from 'lucide-react'
import { useState } from 'react'
import type { Model } from '../../../../engine-worker/index.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SettingsDialog, type SettingsTarget } from './SettingsDialog.tsx'
import { useSettingWords } from './settings-words.ts'

interface SettingsButtonProps {
  readonly model: Model
  readonly target: SettingsTarget
  /** The part in words, for those who do not see where the button stands. */
  readonly name: string
  readonly className?: string
}

/** Opens the settings of a part of the model. */
export function SettingsButton({ model, target, name, className }: SettingsButtonProps) {
  const w = useSettingWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        label={w.openOf(name)}
        onClick={() => setOpen(true)}
        {...(className === undefined ? {} : { className })}
      >
        <Settings2 size={14} aria-hidden />
      </IconButton>
      {open && <SettingsDialog model={model} target={target} onClose={() => setOpen(false)} />}
    </>
  )
}
