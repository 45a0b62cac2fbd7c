/// <reference types="vitest/config" />
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Writes the service worker with the list of everything that was built, so that the app works offline. */
function offline(): Plugin {
  const here = import.meta.dirname
  const isShown = (file: string) => !file.startsWith('screenshots') && !file.endsWith('.map')
  return {
    name: 'pipewright-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const version = createHash('sha256')
      const built = Object.values(bundle).filter(({ fileName }) => isShown(fileName))
      for (const file of built) version.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source)
      const open = join(here, 'public')
      const given = readdirSync(open, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(open.length + 1))
        .filter(isShown)
      for (const file of given) version.update(file).update(readFileSync(join(open, file)))
      const files = ['./index.html', ...[...built.map(({ fileName }) => fileName), ...given].map((file) => `./${file}`)]
      const source = readFileSync(join(here, 'app', 'service-worker.js'), 'utf8')
        .replace('__FILES__', JSON.stringify([...new Set(files)].sort()))
        .replace('__VERSION__', version.digest('hex').slice(0, 16))
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
    },
  }
}

/** One configuration for the app (root `app`, output `dist`, relative URLs) and for the unit tests (root here). */
export default defineConfig(({ mode }) => ({
  root: mode === 'test' ? '.' : 'app',
  base: './',
  publicDir: '../public',
  plugins: [react(), tailwindcss(), offline()],
  worker: { format: 'es' as const },
  build: { outDir: '../dist', emptyOutDir: true, target: 'es2022' },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/seed.ts'],
    passWithNoTests: false,
    testTimeout: 60_000,
  },
}))
