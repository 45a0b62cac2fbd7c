import { declareView } from '../../view-declaration.ts'

declare module '../../view-declaration.ts' {
  interface Routes {
    subscription: {
      readonly project: string
      /** The section that is shown (sections.ts); usage when absent. */
      readonly section: string | null
    }
  }
}

export const subscriptionView = declareView({
  name: 'subscription',
  scope: 'project',
  optional: ['section'],
  within: 'deploy',
  load: async () => (await import('./SubscriptionView.tsx')).SubscriptionView,
})
