/** The ways in which a recipient of a notification may hear, as rules name them. */
export type Way = 'webhook' | 'email' | 'desktop' | 'role' | 'user_id'

/** All ways, in the order in which a form offers them. */
export const ways: readonly Way[] = ['webhook', 'email', 'desktop', 'role', 'user_id']

/** The way of this name; a role for any other name. */
export function wayOf(name: unknown): Way {
  return ways.find((way) => way === name) ?? 'role'
}
