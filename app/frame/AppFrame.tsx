import { type ReactNode, useEffect } from 'react'
import { useWords } from '../i18n/i18n.ts'
import type { Route } from '../route.ts'
import { keepFocus } from '../ui/keep-focus.ts'
import { lazyComponent } from '../ui/lazy.tsx'
import { Toasts } from '../ui/Toast.tsx'
import { Tooltips } from '../ui/Tooltip.tsx'
import { FileDrop } from './FileDrop.tsx'
import { Rail } from './Rail.tsx'
import { StatusLine } from './StatusLine.tsx'
import { TopBar } from './TopBar.tsx'

// Fetched once the frame is on screen.
const Dialogs = lazyComponent(() => import('./Dialogs.tsx').then((module) => module.Dialogs))

/** The one frame of every view. */
export function AppFrame({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  const w = useWords()
  useEffect(keepFocus, [])
  return (
    <Tooltips>
      <div className="flex h-full flex-col">
        <button
          type="button"
          onClick={() => document.getElementById('content')?.focus()}
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-accent focus:px-3 focus:py-1 focus:text-on-accent"
        >
          {w.go.skip}
        </button>
        <TopBar route={route} />
        <div className="flex min-h-0 flex-1">
          <Rail route={route} />
          <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col -outline-offset-2">
            {children}
          </main>
        </div>
        <StatusLine route={route} />
      </div>
      <Dialogs route={route} />
      <FileDrop route={route} />
      <Toasts />
    </Tooltips>
  )
}
