/// <reference types="vitest/config" />
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, runnerImport, type UserConfig } from 'vite'

/** Writes the service worker with the list of everything that was built, so that the app works offline. */
function offline(): Plugin {
  const here = import.meta.dirname
  // The page that services lead back to (public/oauth.html) is always fetched.
  const isShown = (file: string) => !/^screenshots|^oauth\.|\.map$/.test(file)
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
      const build = version.digest('hex').slice(0, 16)
      const source = readFileSync(join(here, 'app', 'service-worker.js'), 'utf8')
        .replace('__FILES__', JSON.stringify([...new Set(files)].sort()))
        .replace('__VERSION__', build)
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
      // A page that runs compares its own build with the one on the server (app/store/update.ts).
      this.emitFile({ type: 'asset', fileName: 'build.txt', source: `${build}\n` })
      const page = bundle['index.html']
      if (page?.type !== 'asset') throw new Error('the build has no index.html')
      page.source = String(page.source).replace('</title>', `</title>\n    <meta name="build" content="${build}" />`)
    },
  }
}

/** Writes the first screen into the page as static HTML (app/shell.tsx), and the script that runs before it is painted. */
function shell(): Plugin {
  return {
    name: 'pipewright-shell',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: async (html) => {
        const root = join(import.meta.dirname, 'app')
        const { module } = await runnerImport<typeof import('./app/shell.tsx')>(join(root, 'shell.tsx'), { root })
        const parts = { boot: '<script src="./boot.js"></script>', shell: module.shellMarkup() }
        return html.replace(/<!-- (boot|shell) -->/g, (_, part: keyof typeof parts) => parts[part])
      },
    },
  }
}

interface InstalledPackage {
  readonly version?: string
  readonly dev?: boolean
  readonly license?: string
}

/** Packages that are used while building and leave code of theirs in what is built. */
const builders = ['node_modules/tailwindcss', 'node_modules/vite']

/**
 * Writes `notices.txt`: name, licence, source and licence text of every package whose code is in the app, as they are
 * installed. The licences of OpenPGP.js (LGPL) and elkjs (EPL) ask for it, and so do MIT, BSD and Apache.
 */
function notices(): Plugin {
  const here = import.meta.dirname
  const read = (path: string) => readFileSync(join(here, path), 'utf8')
  return {
    name: 'pipewright-notices',
    apply: 'build',
    generateBundle() {
      const lock: { packages: Record<string, InstalledPackage> } = JSON.parse(read('package-lock.json'))
      const shipped = Object.entries(lock.packages).filter(
        ([path, { dev }]) =>
          path !== '' && (dev !== true || builders.includes(path)) && existsSync(join(here, path, 'package.json')),
      )
      const texts = shipped.map(([path, { version = '' }]) => {
        const { name, license, repository, homepage } = JSON.parse(read(`${path}/package.json`))
        const source = typeof repository === 'string' ? repository : (repository?.url ?? homepage ?? '')
        const files = readdirSync(join(here, path)).filter((file) => /^(licen[cs]e|copying|notice)(\.|-|$)/i.test(file))
        const head = `${name} ${version}\nLicence: ${license ?? 'see below'}\nSource: ${source}`
        return [head, ...files.sort().map((file) => read(`${path}/${file}`).trim())].join('\n\n')
      })
      const title = 'Pipewright contains the following packages, unchanged, each under its own licence.'
      this.emitFile({
        type: 'asset',
        fileName: 'notices.txt',
        source: [title, ...texts, ''].join(`\n\n${'-'.repeat(80)}\n\n`),
      })
    },
  }
}

/** Says to Node that what was built is CommonJS. */
function commonJs(): Plugin {
  return {
    name: 'pipewright-commonjs',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
    },
  }
}

/**
 * The command line for the package, in `dist-cli`. Libraries are built into it: to find and open one file each as they are
 * installed takes a quarter of the time until a command begins. For the same reason all that `run` needs is one file, and
 * names are short. The files are CommonJS, which can be loaded with code that was compiled before (engine-worker/cli.ts);
 * `package.json` beside them says so. `jsonata` is only measured against.
 */
const commandLine: UserConfig = {
  publicDir: false,
  plugins: [notices(), commonJs()],
  ssr: { noExternal: true, external: ['jsonata'] },
  build: {
    ssr: 'engine-worker/cli.ts',
    outDir: 'dist-cli',
    target: 'node20',
    minify: true,
    rolldownOptions: {
      output: {
        format: 'cjs',
        entryFileNames: '[name].js',
        // A name that no other chunk can have: the engine is found by it.
        chunkFileNames: ({ name }) => (name === 'engine' ? 'assets/engine.[hash].js' : 'assets/[name]-[hash].js'),
        hashCharacters: 'hex',
        banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
        codeSplitting: { groups: [{ name: 'engine', test: /engine-worker\/node\/commands\/run\.ts$/ }] },
      },
    },
  },
}

/** The app (root `app`, output `dist`, relative URLs) and the unit tests (root here). */
const app = (mode: string): UserConfig => ({
  root: mode === 'test' ? '.' : 'app',
  base: './',
  publicDir: '../public',
  plugins: [react(), tailwindcss(), shell(), notices(), offline()],
  worker: { format: 'es' as const },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // The door of the engine only exports, and so do manifests of microservices: a chunk gets the modules whose exports it
    // uses, not all of them.
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the first screen needs comes in three files instead of sixty: on a slow phone each file costs time of the
          // page's only thread. React is evaluated apart from the app (app/main.ts).
          groups: [
            // What fetches code is small, and the first code of the page: it must not bring the app along.
            { name: 'preload', test: /vite[\\/]preload-helper/, priority: 4 },
            { name: 'client', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            { name: 'start', test: /app[\\/]start\.tsx$/, priority: 2 },
            { name: 'ProjectsView', test: /app[\\/]views[\\/]projects[\\/]ProjectsView\.tsx$/, priority: 1 },
          ],
        },
      },
      treeshake: {
        moduleSideEffects: [{ test: /engine-worker\/(index|config\/microservices\/\w+)\.ts$/, sideEffects: false }],
      },
    },
  },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/seed.ts'],
    passWithNoTests: false,
    testTimeout: 60_000,
  },
})

export default defineConfig(({ mode }) => (mode === 'cli' ? commandLine : app(mode)))
