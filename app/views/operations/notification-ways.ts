/** The channels of recipients of notifications, by their names in rules. */
export type DeliveryMethod = 'webhook' | 'email' | 'desktop' | 'role' | 'user_id'

/** All ways, in the order in which a form offers them. */
export const deliveryMethods: readonly DeliveryMethod[] = ['webhook', 'email', 'desktop', 'role', 'user_id']

/** The way of this name; a role for any other name. */
export function deliveryMethodOf(name: unknown): DeliveryMethod {
  return deliveryMethods.find((way) => way === name) ?? 'role'
}
