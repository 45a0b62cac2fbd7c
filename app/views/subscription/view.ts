import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    subscription: {
      readonly project: string
      /** The section that is shown (sections.ts); usage when absent. */
      readonly section: string | null
      /** The id of the environment (ledger of the engine); the first one when absent. */
      readonly environment: string | null
    }
  }
}

export const subscriptionView = declareView({
  name: 'subscription',
  scope: 'project',
  optional: ['section', 'environment'],
  within: 'deploy',
  load: async () => (await import('./SubscriptionView.tsx')).SubscriptionView,
})
