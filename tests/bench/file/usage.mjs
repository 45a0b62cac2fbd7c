// Imported before a contender: leaves the most memory that its process took, in bytes, in the file named by USAGE_FILE.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const status = '/proc/self/status'

/** Linux counts what the process took that started this one in `maxRSS`, so its own count is better where it is. */
function mostMemory() {
  const kilobytes = existsSync(status) ? /^VmHWM:\s*(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return 1024 * Number(kilobytes ?? process.resourceUsage().maxRSS)
}

process.on('exit', () => writeFileSync(process.env.USAGE_FILE, String(mostMemory())))
