import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { count } from '../i18n/numbers.ts'
import { Button } from '../ui/Button.tsx'
import { FileInput } from '../ui/FileInput.tsx'
import type { ControlProps } from './JsonControl.tsx'

interface BytesFieldProps extends Pick<ControlProps, 'ids' | 'disabled'> {
  /** Base64. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Bytes that stand in the configuration as base64: chosen as a file. */
export function BytesField({ value, ids, disabled, onChange }: BytesFieldProps) {
  const w = useWords()
  const input = useRef<HTMLInputElement>(null)
  const bytes = Math.floor((value.replace(/[\s=]/g, '').length * 3) / 4)
  const take = async (files: readonly File[]) => {
    const [file] = files
    if (!file) return
    const content = new Uint8Array(await file.arrayBuffer())
    let binary = ''
    for (const byte of content) binary += String.fromCharCode(byte)
    onChange(btoa(binary))
  }
  return (
    <div className="flex items-center gap-2">
      <Button
        small
        id={ids.id}
        aria-describedby={ids['aria-describedby']}
        disabled={disabled}
        icon={<Upload size={12} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {w.forms.chooseFile}
      </Button>
      <span className="text-tiny text-ink-soft">{w.forms.bytes(count(bytes))}</span>
      <FileInput ref={input} testId="bytes-file" onFiles={(files) => void take(files)} />
    </div>
  )
}
