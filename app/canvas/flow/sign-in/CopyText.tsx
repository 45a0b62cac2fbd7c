import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useSignInWords } from './sign-in-words.ts'

/** A text that is needed elsewhere, with a button that copies it. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const w = useSignInWords().signIn
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div className="flex flex-col gap-1">
      <span className="text-ink-soft">{label}</span>
      <div className="flex items-center gap-1">
        <code className="min-w-0 flex-1 truncate rounded-md bg-sunken px-2 py-1" title={text}>
          {text}
        </code>
        <Button small look="quiet" onClick={copy}>
          {copied ? w.copied : w.copy}
        </Button>
      </div>
    </div>
  )
}
