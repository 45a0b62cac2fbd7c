import { Plug } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    connect: {
      readonly project: string
      /** The key of what is chosen in the catalogue (ConnectView.tsx). */
      readonly item: string | null
    }
  }
}

export const connectView = declareView({
  name: 'connect',
  scope: 'project',
  optional: ['item'],
  rail: { place: 1, digit: 9, icon: Plug, words: (w) => w.views.connect },
  load: async () => (await import('./ConnectView.tsx')).ConnectView,
})
