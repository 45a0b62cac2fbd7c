import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    shared: { readonly link: string }
  }
}

export const sharedView = declareView({
  name: 'shared',
  scope: 'app',
  required: ['link'],
  key: 'link',
  load: async () => (await import('./SharedView.tsx')).SharedView,
})
