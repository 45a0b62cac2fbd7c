/** The ways in which a recipient of a notification may hear, as rules name them. */
export type DeliveryMethod = 'webhook' | 'email' | 'desktop' | 'role' | 'user_id'

/** All ways, in the order in which a form offers them. */
export const deliveryMethods: readonly DeliveryMethod[] = ['webhook', 'email', 'desktop', 'role', 'user_id']

/** The way of this name; a role for any other name. */
export function deliveryMethodOf(name: unknown): DeliveryMethod {
  return deliveryMethods.find((way) => way === name) ?? 'role'
}
