// What the commands of a fresh clone share: running a step, installing what is missing, finding a browser.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a command in the repository; gives its exit code and, when `quiet`, what it said. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    let said = ''
    child.stdout?.on('data', (data) => {
      said += data
    })
    child.stderr?.on('data', (data) => {
      said += data
    })
    child.on('error', (error) => resolve({ code: 127, said: `${said}${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** Runs a program that is installed in the repository. */
export function local(program, args, options) {
  return run(process.execPath, [join(root, 'node_modules', ...binary(program)), ...args], options)
}

function binary(program) {
  const folder = { tsc: 'typescript', biome: '@biomejs/biome', playwright: '@playwright/test' }[program] ?? program
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', folder, 'package.json'), 'utf8'))
  return [folder, typeof bin === 'string' ? bin : bin[program]]
}

/** Whether every package of the lock file is installed in its version; npm keeps a list of what it has installed. */
function isInstalled() {
  const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8')).packages
  try {
    const wanted = Object.entries(read('package-lock.json')).filter(([path, { optional }]) => path !== '' && !optional)
    const there = read('node_modules', '.package-lock.json')
    return wanted.every(([path, { version }]) => there[path]?.version === version)
  } catch {
    return false
  }
}

/** Installs the packages of the lock file, when they are not there. */
export async function install() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) throw new Error(`Pipewright needs Node 20 or newer; this is ${process.versions.node}.`)
  if (isInstalled()) return
  console.log('Installing packages…')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  let { code } = await run(npm, ['ci', ...quiet])
  if (code !== 0) {
    // A lock file that this npm does not accept: the versions that package.json allows still make a working install.
    console.log('npm ci failed; installing what package.json asks for instead…')
    code = (await run(npm, ['install', '--package-lock=false', ...quiet])).code
  }
  if (code !== 0) throw new Error('The packages could not be installed.')
}

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** The Chromium that the browser tests use: an installed one, the distribution's package, or Playwright's own. */
export async function browser() {
  const found = installedBrowser()
  if (found) return found
  const playwrights = await playwrightBrowser()
  if (playwrights) return playwrights
  console.log('Installing Chromium…')
  if (process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { quiet: true, env })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { quiet: true, env })
    const now = installedBrowser()
    if (now) return now
  }
  await local('playwright', ['install', 'chromium'])
  const own = await playwrightBrowser()
  if (!own) throw new Error('There is no Chromium, and none could be installed. Set PLAYWRIGHT_CHROMIUM to its path.')
  return own
}

function installedBrowser() {
  const candidates = [process.env.PLAYWRIGHT_CHROMIUM, '/usr/bin/chromium', '/usr/lib/chromium/chromium']
  return candidates.find((path) => path && existsSync(path))
}

async function playwrightBrowser() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}
