import { Activity } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    runs: { readonly project: string }
  }
}

export const runsView = declareView({
  name: 'runs',
  scope: 'project',
  rail: { place: 5, digit: 3, icon: Activity, words: (w) => w.views.runs },
  load: async () => (await import('./RunsView.tsx')).RunsView,
})
