import { BookOpen } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    dtl: { readonly project: string | null; readonly name: string | null }
  }
}

export const dtlView = declareView({
  name: 'dtl',
  scope: 'both',
  optional: ['name'],
  rail: { place: 9, digit: 7, icon: BookOpen, words: (w) => w.views.dtl },
  load: async () => (await import('./ReferenceView.tsx')).ReferenceView,
})
