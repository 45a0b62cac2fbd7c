/** Base64 without DOM or Node: `atob` and `btoa` are everywhere, but work on binary strings. */

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** The bytes, or null where the text is no base64. Padding may be missing; spaces may not occur. */
export function decodeBase64(text: string): Uint8Array | null {
  const bare = text.replace(/=+$/, '')
  if (!BASE64.test(text) || bare.length % 4 === 1) return null
  const binary = atob(bare)
  const data = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) data[at] = binary.charCodeAt(at)
  return data
}

/** Base64 with padding. */
export function encodeBase64(data: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < data.length; at += 8192) binary += String.fromCharCode(...data.subarray(at, at + 8192))
  return btoa(binary)
}
