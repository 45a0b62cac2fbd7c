/** Starts the app: the stores that live as long as the page, and the screen in the place of the static first screen. */
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { startShortcuts } from './commands/shortcuts.ts'
import { parseRoute } from './route.ts'
import { startPersistence } from './store/disk/persistence.ts'
import { startOffline } from './store/offline.ts'
import { guardIngest } from './store/project/ingest.ts'
import { listProjects, startProjects } from './store/project/projects.ts'
import { startPush } from './store/project/push.ts'
import { startSettings } from './store/settings.ts'
import { startUpdates } from './store/update.ts'
import { startLongPress } from './ui/long-press.ts'
import { viewNamed } from './views.ts'

/** Resolves when the code of the view in the address is there; a failure is told where the view is shown. */
async function firstView(): Promise<void> {
  const { at } = parseRoute(location.hash)
  if (at !== 'unknown')
    await viewNamed(at)
      ?.load()
      .catch(() => undefined)
}

startProjects()
startShortcuts()
startLongPress()
startPush()
void startPersistence()
startUpdates()
guardIngest()
void listProjects()
void startOffline()
// A person comes back from a service that they signed in to in this window.
if (sessionStorage.getItem('pipewright.sign-in.answer') !== null)
  void import('./canvas/flow/sign-in/resume.ts').then(({ resumeSignInFromAddress }) => resumeSignInFromAddress())

const root = document.getElementById('root')
void Promise.all([startSettings(), firstView()]).then(() => {
  if (!root) return
  // A transition is rendered in slices, so that the first screen does not block a slow phone.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  )
})
