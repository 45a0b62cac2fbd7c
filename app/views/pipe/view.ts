import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    pipe: { readonly project: string; readonly pipe: string }
  }
}

export const pipeView = declareView({
  name: 'pipe',
  scope: 'project',
  required: ['pipe'],
  key: 'pipe',
  within: 'flow',
  load: async () => (await import('./PipeView.tsx')).PipeView,
})
