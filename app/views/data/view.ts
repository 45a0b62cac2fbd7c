import { Database } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    data: { readonly project: string; readonly dataset: string | null; readonly entity: string | null }
  }
}

export const dataView = declareView({
  name: 'data',
  scope: 'project',
  optional: ['dataset', 'entity'],
  rail: { place: 4, digit: 2, icon: Database, words: (w) => w.views.data },
  load: async () => (await import('./DatasetsView.tsx')).DatasetsView,
})
