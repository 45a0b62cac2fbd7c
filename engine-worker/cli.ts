/**
 * The command line. Packed, it has its engine in one file (vite.config.ts), which is loaded here together with what V8 has
 * compiled of it before, once for each command.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { loadCompiled } from './node/code-cache.ts'

// V8 makes objects in the old generation where some made at that place have lived long. Entities live as long as their
// batch, and old ones that are dead keep young ones alive: a run over 100,000 takes 155 MB instead of 112, and a fifth more
// of the processor. Compiled code only fits the flags that it was compiled with, so they are set first.
setFlagsFromString('--no-allocation-site-pretenuring')

const assets = join(dirname(fileURLToPath(import.meta.url)), 'assets')
const engine = existsSync(assets) ? readdirSync(assets).find((name) => /^engine\.\w+\.js$/.test(name)) : undefined
const command = /^(?:--)?([a-z]+)$/.exec(process.argv[2] ?? '')?.[1]
if (engine !== undefined && command !== undefined) {
  loadCompiled(join(assets, engine), join(assets, `${engine}.${command}-${process.versions.v8}-${process.arch}.cache`))
}

void import('./node/commands/commands.ts').then(async ({ runArguments }) => {
  const exitCode = await runArguments(process.argv.slice(2))
  process.exitCode ||= exitCode
})
