/** Pre-shared keys of VPN connections. */
import { capability } from './capability.ts'

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const KEY_LENGTH = 48

/** A new pre-shared key: 48 characters of 64, 288 bits by the randomness of the platform. */
export const makeVpnKey = capability('makeVpnKey', 'page', async (_: null, { host }): Promise<string> => {
  const bytes = host.platform.environment.randomBytes(KEY_LENGTH)
  return Array.from(bytes, (byte) => KEY_ALPHABET[byte % KEY_ALPHABET.length]).join('')
})
