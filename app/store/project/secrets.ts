/**
 * Values of secrets (`$SECRET(name)`), for requests that pipes make from here. They live in this tab alone: never on disk,
 * never in an export, a backup or a link, and gone when the tab is closed.
 */
import { create } from 'zustand'

/** Secret values by name. */
export type SecretValues = Readonly<Record<string, string>>

/** By project. */
export const useSecrets = create<Readonly<Record<string, SecretValues>>>(() => ({}))

const noSecrets: SecretValues = {}

/** The secrets of a project. */
export function secretsOf(project: string): SecretValues {
  return useSecrets.getState()[project] ?? noSecrets
}

/** Gives a secret its value; an empty one removes it. */
export function setSecret(project: string, name: string, value: string): void {
  const { [name]: _before, ...others } = secretsOf(project)
  useSecrets.setState({ [project]: value === '' ? others : { ...others, [name]: value } })
}
