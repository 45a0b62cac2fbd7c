import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    search: {
      readonly project: string
      readonly query: string | null
      /** What is picked in the lists (picks.ts). */
      readonly picks: string | null
      readonly dataset: string | null
      readonly entity: string | null
    }
  }
}

export const searchView = declareView({
  name: 'search',
  scope: 'project',
  optional: ['query', 'picks', 'dataset', 'entity'],
  within: 'data',
  load: async () => (await import('./SearchView.tsx')).SearchView,
})
