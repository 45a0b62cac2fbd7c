// Imported before a measured program: writes the peak memory of its process, in bytes, to the file named by USAGE_FILE.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const status = '/proc/self/status'

/** On Linux `maxRSS` includes the memory of the parent process, so the figure of /proc is used where there is one. */
function mostMemory() {
  const kilobytes = existsSync(status) ? /^VmHWM:\s*(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS)
}

process.on('exit', () => writeFileSync(process.env.USAGE_FILE, String(mostMemory())))
