import { Workflow } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    flow: { readonly project: string }
  }
}

export const flowView = declareView({
  name: 'flow',
  scope: 'project',
  isHome: true,
  rail: { place: 3, digit: 1, icon: Workflow, words: (w) => w.views.flow },
  load: async () => (await import('./FlowView.tsx')).FlowView,
})
