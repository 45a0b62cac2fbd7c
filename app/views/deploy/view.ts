import { Rocket } from 'lucide-react'
import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    deploy: { readonly project: string }
  }
}

export const deployView = declareView({
  name: 'deploy',
  scope: 'project',
  rail: { place: 8, digit: 6, icon: Rocket, words: (w) => w.views.deploy },
  load: async () => (await import('./DeployView.tsx')).DeployView,
})
