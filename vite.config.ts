/// <reference types="vitest/config" />
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

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

/** The command line for the package: our own code in `dist-cli`, libraries as they are installed. */
const commandLine: UserConfig = {
  publicDir: false,
  build: {
    ssr: 'engine-worker/cli.ts',
    outDir: 'dist-cli',
    target: 'node20',
    rolldownOptions: { output: { banner: '#!/usr/bin/env node' } },
  },
}

/** The app (root `app`, output `dist`, relative URLs) and the unit tests (root here). */
const app = (mode: string): UserConfig => ({
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
})

export default defineConfig(({ mode }) => (mode === 'cli' ? commandLine : app(mode)))
