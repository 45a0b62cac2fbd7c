import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { startShortcuts } from './commands/shortcuts.ts'
import { guardIngest } from './store/ingest.ts'
import { startOffline } from './store/offline.ts'
import { startPersistence } from './store/persistence.ts'
import { listProjects, startProjects } from './store/projects.ts'
import { startPush } from './store/push.ts'
import { startSettings } from './store/settings.ts'
import { startUpdates } from './store/update.ts'
import './style.css'

startProjects()
startShortcuts()
startPush()
void startPersistence()
startUpdates()
guardIngest()
void listProjects()
void startOffline()

const root = document.getElementById('root')
void startSettings().then(() => {
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
})
