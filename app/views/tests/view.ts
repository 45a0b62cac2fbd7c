import { CircleCheck } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    tests: { readonly project: string }
  }
}

export const testsView = declareView({
  name: 'tests',
  scope: 'project',
  rail: { place: 7, digit: 5, icon: CircleCheck, words: (w) => w.views.tests },
  load: async () => (await import('./TestsView.tsx')).TestsView,
})
