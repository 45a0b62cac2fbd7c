/**
 * Code that V8 has compiled, kept beside the file that it was compiled from: reading it takes half the time of compiling.
 * From version 22 on, Node can keep such code of the modules that it loads; here it works from 20.12 on.
 */
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { dirname } from 'node:path'
import process from 'node:process'
import { constants, Script } from 'node:vm'

const DIGEST_BYTES = 32

/**
 * Loads a CommonJS file, so that `require` gives it from then on, with its code in `cache` where there is any that fits this
 * V8; otherwise that is written when the process ends well, with all that has run until then. The file is left to `require` where
 * Node cannot load modules from such code (before 20.12).
 */
export function loadCompiled(file: string, cache: string): void {
  const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER
  if (importModuleDynamically === undefined) return
  const require = createRequire(file)
  const head = '(function (exports, require, module, __filename, __dirname) {'
  const cachedData = readCache(cache)
  const options = { filename: file, importModuleDynamically, ...(cachedData ? { cachedData } : {}) }
  const script = new Script(`${head}${readFileSync(file, 'utf8')}\n})`, options)
  const module = new Module(file)
  require.cache[file] = module
  script.runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file))
  module.loaded = true
  if (cachedData && script.cachedDataRejected !== true) return
  process.once('exit', (code) => {
    if (code === 0) writeCache(cache, script.createCachedData())
  })
}

/** The code in a file; undefined where there is none, or it was cut or changed, for which V8 does not look. */
function readCache(path: string): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path)
    const code = bytes.subarray(DIGEST_BYTES)
    return bytes.length > DIGEST_BYTES && digestOf(code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : undefined
  } catch {
    return undefined
  }
}

/** Nothing depends on it, so it is left out where the folder cannot be written to. */
function writeCache(path: string, code: Buffer): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, Buffer.concat([digestOf(code), code]))
    renameSync(temporary, path)
  } catch {}
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
