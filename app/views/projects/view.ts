import { Boxes } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    projects: object
  }
}

export const projectsView = declareView({
  name: 'projects',
  scope: 'app',
  segment: '',
  rail: { place: 0, digit: 0, icon: Boxes, words: (w) => w.views.projects },
  load: async () => (await import('./ProjectsView.tsx')).ProjectsView,
})
