/** Real servers for tests, as processes of their own that can be killed. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'

const root = join(import.meta.dirname, '../..')

/** A server as a process, with the address that it printed. */
export interface ServerProcess {
  readonly process: ChildProcess
  readonly address: string
}

/** Starts `pipewright serve` as a process of its own and waits for its address. */
export function serverProcess(
  store: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const cli = join(root, 'engine-worker/cli.ts')
  const all = ['--import', 'tsx', cli, 'serve', '--store', store, '--port', '0', ...args]
  const child = spawn('node', all, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (piece) => {
      said += piece
    })
    child.stdout.once('data', (piece) => {
      const address = /http:\/\/[^/\s]+/.exec(String(piece))?.[0]
      if (address === undefined) reject(new Error(`no address: ${piece}`))
      else resolve({ process: child, address })
    })
    child.once('exit', (status) => reject(new Error(`the server ended with ${status}: ${said}`)))
  })
}

/** Ends a process and waits until it is gone. */
export function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** A token of an administrator, or of another role, as the command prints it. */
export function serverToken(store: string, args: readonly string[] = []): string {
  const cli = join(root, 'engine-worker/cli.ts')
  const all = ['--import', 'tsx', cli, 'serve', 'token', '--store', store, ...args]
  return execFileSync('node', all, { cwd: root, encoding: 'utf8' }).trim()
}
