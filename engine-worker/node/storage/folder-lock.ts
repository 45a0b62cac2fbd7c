/**
 * One writer a folder: a lock file that says which process has it, so that a number that another program got since, as
 * after a power cut, is not taken for it. Where that cannot be told, as from another container or machine, the file's time
 * tells: the holder renews it, and a lock that nobody renews for a while is taken over. A holder that slept so long
 * notices that it has been replaced before it writes.
 */
import { randomUUID } from 'node:crypto'
import { link, open, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { get } from '../../entity/dict.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'

const folderInUse = problem<{ folder: string; process: number }>({
  code: 'storage-folder-in-use',
  severity: 'error',
  says: ({ folder, process }) => `The data in ${folder} is in use by another process (${process}).`,
  fix: () => 'End the other process, or use another folder.',
})

/** Another process has the folder now. */
export const lockLost = problem<{ folder: string }>({
  code: 'storage-lock-lost',
  severity: 'error',
  says: ({ folder }) =>
    `Another process has taken over the data in ${folder}, since this one stood still; nothing was written.`,
  fix: () => 'End this process, or the other one and then start this one again.',
})

const FILE = 'lock'

/** Milliseconds: how often a holder renews its lock, and after how long a lock that is not renewed is taken over. */
interface LockTimes {
  readonly renewEvery: number
  readonly takeOverAfter: number
}
const lockTimes: LockTimes = { renewEvery: 2000, takeOverAfter: 10_000 }
/** Milliseconds after which a lock that was taken over is looked at once more: somebody else may have come at the same time. */
const RECHECK_AFTER = 100

/** What the lock file says of its holder. */
interface Holder {
  readonly token: string
  readonly process: number
  /** Which life of which machine, and which numbering of processes, the number belongs to; null where that is not known. */
  readonly machine: string | null
  /** When that process started, as its machine counts; null where that is not known. */
  readonly started: string | null
}

/** Tokens of the locks that this process has. */
const ownTokens = new Set<string>()

/** A lock that is held. */
export interface FolderLock {
  /** Throws a Fault where another process has taken the folder over; asks the file only after a pause. */
  check(): Promise<void>
  release(): Promise<void>
}

/** Takes the lock of a folder. Throws a Fault where another process has it, and the errors of the file system. */
export async function lockFolder(
  folder: string,
  { renewEvery, takeOverAfter }: LockTimes = lockTimes,
): Promise<FolderLock> {
  const path = join(folder, FILE)
  const token = randomUUID()
  const own = JSON.stringify({
    token,
    process: process.pid,
    machine: await machineStart(),
    started: await processStart('self'),
  })
  ownTokens.add(token)
  try {
    while (!(await tryCreate(path, own))) {
      const text = await contentOf(path)
      if (text === null) continue
      if (await isHeld(path, text, takeOverAfter))
        throw new Fault(folderInUse({ folder, process: holderIn(text).process }))
      if ((await contentOf(path)) === text) await rm(path, { force: true })
      else continue
      if (!(await tryCreate(path, own))) continue
      await new Promise((resolve) => setTimeout(resolve, RECHECK_AFTER))
      if ((await contentOf(path)) === own) break
    }
  } catch (error) {
    ownTokens.delete(token)
    throw error
  }
  return heldLock(folder, path, { token, own, renewEvery })
}

function heldLock(
  folder: string,
  path: string,
  { token, own, renewEvery }: { token: string; own: string; renewEvery: number },
): FolderLock {
  let renewed = Date.now()
  let isLost = false
  const renew = async () => {
    const found = await contentOf(path)
    // One that was removed by hand is put back, unless somebody else was quicker.
    if (found === null ? !(await tryCreate(path, own)) : found !== own) isLost = true
    if (isLost) throw new Fault(lockLost({ folder }))
    const now = new Date()
    await utimes(path, now, now)
    renewed = now.getTime()
  }
  // A disk that fails says so when it is written to.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEvery)
  timer.unref()
  return {
    check: async () => {
      if (isLost || Math.abs(Date.now() - renewed) > 2 * renewEvery) await renew()
    },
    release: async () => {
      clearInterval(timer)
      ownTokens.delete(token)
      if ((await contentOf(path)) === own) await rm(path, { force: true })
    },
  }
}

/** Makes the file with its content at once; false where it is there. */
async function tryCreate(path: string, content: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`
  await writeFile(aside, content)
  try {
    // Disks without links, where the content comes a moment after the file.
    await link(aside, path).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error
      return writeFile(path, content, { flag: 'wx' })
    })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** Whether the holder is at work. */
async function isHeld(path: string, text: string, takeOverAfter: number): Promise<boolean> {
  const holder = holderIn(text)
  if (ownTokens.has(holder.token)) return true
  // Of an older version, which wrote its number alone.
  if (holder.token === '' && holder.process > 0) return isRunning(holder.process)
  const machine = await machineStart()
  if (machine !== null && holder.machine === machine) return (await processStart(holder.process)) === holder.started
  const isOfHere = machine === null && holder.machine === null && holder.process > 0
  if (isOfHere && !isRunning(holder.process)) return false
  return isRenewed(path, takeOverAfter)
}

function holderIn(text: string): Holder {
  const json = jsonIn(text)
  const [fields, numberAlone] = isObject(json) ? [json, 0] : [{}, Number(json)]
  const textField = (name: string) => {
    const value = get(fields, name)
    return typeof value === 'string' ? value : null
  }
  const process = Number(get(fields, 'process') ?? numberAlone) || 0
  return { token: textField('token') ?? '', process, machine: textField('machine'), started: textField('started') }
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Whether somebody changes a file, or its time, while it is looked at. */
async function isRenewed(path: string, takeOverAfter: number): Promise<boolean> {
  const before = await stampOf(path)
  for (let waited = 0; waited < takeOverAfter; waited += takeOverAfter / 20) {
    await new Promise((resolve) => setTimeout(resolve, takeOverAfter / 20))
    const now = await stampOf(path)
    // Where it is gone, so is its holder.
    if (now !== before) return now !== 0
  }
  return false
}

/** The time of a file, as it is after it was opened: other machines may remember an older one. */
async function stampOf(path: string): Promise<number> {
  const file = await open(path).catch(() => null)
  if (!file) return 0
  try {
    return (await file.stat()).mtimeMs
  } finally {
    await file.close()
  }
}

/** This start of this machine and its numbering of processes; null on systems that do not tell. */
async function machineStart(): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    return `${hostname()} ${boot} ${await readlink('/proc/self/ns/pid')}`
  } catch {
    return null
  }
}

/** When a process started, in ticks since the machine did; null where there is none that runs (proc_pid_stat(5), field 22). */
async function processStart(pid: number | 'self'): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name before them may have spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
