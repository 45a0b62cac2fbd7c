import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    types: {
      readonly project: string
      /** The id of a model; `*` is all of them. */
      readonly model: string | null
      readonly type: string | null
      readonly side: string | null
    }
  }
}

export const typesView = declareView({
  name: 'types',
  scope: 'project',
  optional: ['model', 'type', 'side'],
  within: 'data',
  load: async () => (await import('./TypesView.tsx')).TypesView,
})
