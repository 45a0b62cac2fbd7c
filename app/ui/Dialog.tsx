import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { classes } from './classes.ts'
import { useModalFocus } from './focus.ts'
import { IconButton } from './IconButton.tsx'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly says?: ReactNode
  readonly wide?: boolean
  readonly footer?: ReactNode
  readonly children?: ReactNode
}

/** A modal dialog; Escape and a click outside close it, focus returns to where it was. */
export function Dialog({ open, onClose, title, says, wide, footer, children }: DialogProps) {
  const w = useWords()
  const focus = useModalFocus()
  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          {...focus}
          {...(says === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'fixed top-1/2 left-1/2 z-40 flex max-h-[86vh] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 animate-fade flex-col rounded-xl border border-line bg-raised shadow-high focus:outline-none',
            wide ? 'max-w-3xl' : 'max-w-lg',
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-title font-semibold">{title}</Radix.Title>
              {says !== undefined && (
                <Radix.Description asChild>
                  <div className="mt-1 text-ink-soft">{says}</div>
                </Radix.Description>
              )}
            </div>
            <IconButton label={w.common.close} onClick={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          </header>
          {children !== undefined && (
            <div data-body className="min-h-0 overflow-auto px-5 pb-4">
              {children}
            </div>
          )}
          {footer !== undefined && (
            <footer data-footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
