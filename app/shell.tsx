/**
 * The first screen as static HTML. The build writes it into index.html (vite.config.ts), so that the frame and the title
 * of the list of projects are painted before any code of the app is loaded. It is inert: nothing in it works until the
 * app replaces it. `public/boot.js` decides how much of it is shown.
 */
import { renderToStaticMarkup } from 'react-dom/server'
import { AppFrame } from './frame/AppFrame.tsx'
import { ProjectsView } from './views/projects/ProjectsView.tsx'

/** The markup of the first screen, in English and without projects. */
export function shellMarkup(): string {
  return renderToStaticMarkup(
    <div inert aria-hidden className="h-full">
      <AppFrame route={{ at: 'projects' }}>
        <ProjectsView />
      </AppFrame>
    </div>,
  )
}
