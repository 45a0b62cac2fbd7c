/** Addresses of scripts that run in a worker, as the build gives them. */
declare module '*?worker&url' {
  const address: string
  export default address
}
