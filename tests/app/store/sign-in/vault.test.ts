/** Texts that are encrypted with a passphrase: which passphrase decrypts them, and what is on disk. */
import { expect, test } from 'vitest'
import { seal, unseal, vaultKey } from '../../../../app/store/sign-in/vault.ts'

test('only the passphrase of the same project opens a text, and the key cannot be read out', async () => {
  const made = await vaultKey('a long passphrase')
  const sealed = await seal(made, 'project', 'access-token')
  expect(new TextDecoder().decode(sealed.data)).not.toContain('access-token')
  const again = await vaultKey('a long passphrase', sealed)
  expect(await unseal(again, 'project', sealed)).toBe('access-token')
  expect(await unseal(again, 'another project', sealed)).toBeNull()
  expect(await unseal(await vaultKey('another passphrase', sealed), 'project', sealed)).toBeNull()
  const changed = new Uint8Array(sealed.data.slice(0))
  changed[0] = (changed[0] ?? 0) ^ 1
  expect(await unseal(again, 'project', { ...sealed, data: changed.buffer })).toBeNull()
  await expect(crypto.subtle.exportKey('raw', made.key)).rejects.toThrow()
})

test('each text has a vector of its own, and each passphrase a salt', async () => {
  const made = await vaultKey('a long passphrase')
  const [one, other] = [await seal(made, 'p', 'x'), await seal(made, 'p', 'x')]
  expect(one.vector).not.toEqual(other.vector)
  expect((await vaultKey('a long passphrase')).salt).not.toEqual(made.salt)
  expect(made.iterations).toBeGreaterThanOrEqual(600_000)
})
