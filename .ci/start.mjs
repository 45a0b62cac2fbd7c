// npm start: installs what is missing, builds the app, serves it on localhost and says where.
import { join } from 'node:path'
import { install, local, root } from './tools.mjs'

await install()
console.log('Building…')
const { code, said } = await local('vite', ['build', '--logLevel', 'warn'], { quiet: true })
if (code !== 0) {
  console.error(said)
  process.exit(code)
}
// It uses packages, which are there only now.
const { serve } = await import('./serve.mjs')
const { url } = await serve(join(root, 'dist'), { port: Number(process.env.PORT ?? 4173) })
console.log(`\nPipewright is at ${url}\nOpen a sample there, and press Run all. Ctrl+C ends it.`)
