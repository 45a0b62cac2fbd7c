declare module 'murmurhash3js-revisited' {
  /** Hash of bytes as 32 hexadecimal digits: the two 64-bit halves. */
  const library: { x64: { hash128(bytes: Uint8Array, seed?: number): string } }
  export default library
}
