import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    files: { readonly project: string | null }
  }
}

export const filesView = declareView({
  name: 'files',
  scope: 'both',
  within: 'flow',
  load: async () => (await import('./FilesView.tsx')).FilesView,
})
