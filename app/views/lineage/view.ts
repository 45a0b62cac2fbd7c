import { GitBranch } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    lineage: { readonly project: string; readonly dataset: string | null; readonly property: string | null }
  }
}

export const lineageView = declareView({
  name: 'lineage',
  scope: 'project',
  optional: ['dataset', 'property'],
  rail: { place: 6, digit: 4, icon: GitBranch, words: (w) => w.views.lineage },
  load: async () => (await import('./LineageView.tsx')).LineageView,
})
