import { Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { count } from '../i18n/numbers.ts'
import { Button } from '../ui/Button.tsx'
import { FileInput } from '../ui/FileInput.tsx'
import type { ControlProps } from './JsonControl.tsx'

interface BytesFieldProps extends Pick<ControlProps, 'ids' | 'disabled'> {
  /** Base64. */
  readonly value: string
  /** The most bytes that are taken. */
  readonly most: number | undefined
  readonly onChange: (value: string) => void
}

/** Bytes that stand in the configuration as base64: chosen as a file. */
export function BytesField({ value, most = Number.POSITIVE_INFINITY, ids, disabled, onChange }: BytesFieldProps) {
  const w = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const bytes = Math.floor((value.replace(/[\s=]/g, '').length * 3) / 4)
  const takeFile = async (files: readonly File[]) => {
    const [file] = files
    if (!file) return
    // A file that is too large is not even read.
    if (file.size > most) {
      setRefused(w.forms.tooManyBytes(file.name, count(file.size), count(most)))
      return
    }
    setRefused(null)
    onChange(base64Of(new Uint8Array(await file.arrayBuffer())))
  }
  return (
    <div className="flex flex-col gap-1">
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
        <FileInput ref={input} testId="bytes-file" onFiles={(files) => void takeFile(files)} />
      </div>
      {refused !== null && (
        <p role="alert" className="text-tiny text-bad">
          {refused}
        </p>
      )}
    </div>
  )
}

/** In pieces, since a call takes only so many arguments. */
function base64Of(content: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < content.length; at += 32_768) {
    pieces.push(String.fromCharCode(...content.subarray(at, at + 32_768)))
  }
  return btoa(pieces.join(''))
}
