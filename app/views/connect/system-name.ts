/** Whether a text can be the `_id` of a system, as those of microservices, which are names of hosts. */
export function isSystemName(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{1,62}$/.test(text)
}
