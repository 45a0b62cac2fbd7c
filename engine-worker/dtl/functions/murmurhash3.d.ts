declare module 'murmurhash3js-revisited' {
  /** Hash of bytes as 32 hexadecimal digits (the two 64-bit halves), or as a number of 32 bits. */
  const library: {
    x64: { hash128(bytes: Uint8Array, seed?: number): string }
    x86: { hash32(bytes: Uint8Array, seed?: number): number }
  }
  export default library
}
