import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { startShortcuts } from './commands/shortcuts.ts'
import { startPersistence } from './store/disk/persistence.ts'
import { startOffline } from './store/offline.ts'
import { guardIngest } from './store/project/ingest.ts'
import { listProjects, startProjects } from './store/project/projects.ts'
import { startPush } from './store/project/push.ts'
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
