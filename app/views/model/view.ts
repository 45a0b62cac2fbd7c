import { Shapes } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    model: { readonly project: string; readonly part: string | null; readonly concept: string | null }
  }
}

export const modelView = declareView({
  name: 'model',
  scope: 'project',
  optional: ['part', 'concept'],
  rail: { place: 2, digit: 8, icon: Shapes, words: (w) => w.views.model },
  load: async () => (await import('./ModelView.tsx')).ModelView,
})
