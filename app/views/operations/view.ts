import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    operations: { readonly project: string; readonly run: string | null }
  }
}

export const operationsView = declareView({
  name: 'operations',
  scope: 'project',
  optional: ['run'],
  within: 'runs',
  load: async () => (await import('./OperationsView.tsx')).OperationsView,
})
