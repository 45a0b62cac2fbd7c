import { Compass, HardDrive } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect } from 'react'
import { AppFrame } from './frame/AppFrame.tsx'
import { Crash } from './frame/Crash.tsx'
import { TabConflict } from './frame/TabConflict.tsx'
import { useWords } from './i18n/i18n.ts'
import { go, projectOfRoute, type Route, useRoute } from './route.ts'
import { useProject } from './store/project/project.ts'
import { openStoredProject, useProjects } from './store/project/projects.ts'
import { Button } from './ui/Button.tsx'
import { Empty } from './ui/Empty.tsx'
import { viewNamed } from './views.ts'

/** The app: the view that the address names, in the frame. */
export function App() {
  const route = useRoute()
  // The first React commit removes the static first screen.
  useLayoutEffect(() => {
    delete document.documentElement.dataset.shell
  }, [])
  return (
    <AppFrame route={route}>
      <Crash key={route.at}>
        <InProject route={route}>{viewOf(route)}</InProject>
      </Crash>
    </AppFrame>
  )
}

function viewOf(route: Route): ReactNode {
  return route.at === 'unknown' ? <NotFound title="unknown" /> : viewNamed(route.at)?.draw(route)
}

/** Opens the project of the address; shows the view once it is there. */
function InProject({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  const project = projectOfRoute(route)
  const open = useProject((state) => state.id)
  const opening = useProjects((state) => state.opening)
  useEffect(() => {
    if (project !== null) void openStoredProject(project)
  }, [project])
  if (project === null) return children
  if (open === project) {
    return (
      <>
        <TabConflict project={project} />
        {children}
      </>
    )
  }
  if (opening?.id !== project || opening.state === 'loading' || opening.state === 'unsaved') return null
  return <NotFound title={opening.state === 'missing' ? 'title' : opening.state} />
}

function NotFound({ title }: { readonly title: 'title' | 'unavailable' | 'newer' | 'unknown' }) {
  const w = useWords()
  return (
    <Empty
      icon={
        title === 'unavailable' || title === 'newer' ? (
          <HardDrive size={20} aria-hidden />
        ) : (
          <Compass size={20} aria-hidden />
        )
      }
      title={w.missing[title]}
      action={<Button onClick={() => go({ at: 'projects' })}>{w.missing.toProjects}</Button>}
    >
      {title === 'title' && w.missing.says}
      {title === 'unavailable' && w.missing.unavailableSays}
      {title === 'newer' && w.missing.newerSays}
    </Empty>
  )
}
