import { Compass, HardDrive } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Crash } from './frame/Crash.tsx'
import { Frame } from './frame/Frame.tsx'
import { TabConflict } from './frame/TabConflict.tsx'
import { useWords } from './i18n/i18n.ts'
import { go, projectOf, type Route, useRoute } from './route.ts'
import { useProject } from './store/project.ts'
import { openProject, useProjects } from './store/projects.ts'
import { Button } from './ui/Button.tsx'
import { Empty } from './ui/Empty.tsx'
import { later } from './ui/lazy.tsx'
import { Projects } from './views/Projects.tsx'
import { Shared } from './views/Shared.tsx'

// Views load when they are first shown; the service worker has them all for offline use.
const Flow = later(() => import('./views/Flow.tsx').then((page) => page.Flow))
// The view that most visits begin with is fetched while the project is read from disk; a failure is told where it is shown.
if (/^#\/p\/[^/]+\/flow$/.test(location.hash)) Flow.load().catch(() => undefined)
const Pipe = later(() => import('./views/Pipe.tsx').then((page) => page.Pipe))
const Data = later(() => import('./views/Data.tsx').then((page) => page.Data))
const Runs = later(() => import('./views/Runs.tsx').then((page) => page.Runs))
const Lineage = later(() => import('./views/Lineage.tsx').then((page) => page.Lineage))
const Tests = later(() => import('./views/Tests.tsx').then((page) => page.Tests))
const Deploy = later(() => import('./views/Deploy.tsx').then((page) => page.Deploy))
const Reference = later(() => import('./views/Reference.tsx').then((page) => page.Reference))

/** The app: the view that the address names, in the frame. */
export function App() {
  const route = useRoute()
  return (
    <Frame route={route}>
      <Crash key={route.at}>
        <InProject route={route}>{viewOf(route)}</InProject>
      </Crash>
    </Frame>
  )
}

function viewOf(route: Route): ReactNode {
  switch (route.at) {
    case 'projects':
      return <Projects />
    case 'reference':
      return <Reference project={null} name={route.name} />
    case 'shared':
      return <Shared key={route.link} link={route.link} />
    case 'flow':
      return <Flow project={route.project} />
    case 'pipe':
      return <Pipe key={route.pipe} project={route.project} pipe={route.pipe} />
    case 'data':
      return <Data project={route.project} dataset={route.dataset} entity={route.entity} />
    case 'runs':
      return <Runs project={route.project} />
    case 'lineage':
      return <Lineage project={route.project} dataset={route.dataset} property={route.property} />
    case 'tests':
      return <Tests project={route.project} />
    case 'deploy':
      return <Deploy project={route.project} />
    case 'dtl':
      return <Reference project={route.project} name={route.name} />
    case 'unknown':
      return <Lost title="unknown" />
  }
}

/** Opens the project of the address; shows the view once it is there. */
function InProject({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  const project = projectOf(route)
  const open = useProject((state) => state.id)
  const opening = useProjects((state) => state.opening)
  useEffect(() => {
    if (project !== null) void openProject(project)
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
  return <Lost title={opening.state === 'missing' ? 'title' : 'unavailable'} />
}

function Lost({ title }: { readonly title: 'title' | 'unavailable' | 'unknown' }) {
  const w = useWords()
  return (
    <Empty
      icon={title === 'unavailable' ? <HardDrive size={20} aria-hidden /> : <Compass size={20} aria-hidden />}
      title={w.missing[title]}
      action={<Button onClick={() => go({ at: 'projects' })}>{w.missing.toProjects}</Button>}
    >
      {title === 'title' && w.missing.says}
      {title === 'unavailable' && w.missing.unavailableSays}
    </Empty>
  )
}
