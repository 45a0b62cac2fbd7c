/** Opens an address in the browser of this machine; never in a window of our own (RFC 8252 8.12). */
import { spawn } from 'node:child_process'
import process from 'node:process'

const openersByPlatform: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Where there is no browser nothing happens: the address was printed. */
export function openBrowser(address: string): void {
  const [program, ...args] = openersByPlatform[process.platform] ?? ['xdg-open']
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
