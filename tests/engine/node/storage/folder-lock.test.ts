/** The lock of a folder: who counts as its holder, with processes that really run. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../../engine-worker/node/storage/folder-lock.ts'
import { ended, serverProcess } from '../../../support/server-process.ts'

const quick = { renewEvery: 20, takeOverAfter: 400 }
const folders: string[] = []
const children: ChildProcess[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-lock-'))
  folders.push(folder)
  return folder
}
afterEach(async () => {
  for (const child of children.splice(0)) await ended(child, 'SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const started = (command: string, args: readonly string[]) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}
const lockFile = (folder: string) => join(folder, 'lock')
const inUse = { problem: { code: 'storage-folder-in-use' } }
const lost = { problem: { code: 'storage-lock-lost' } }
/** A lock as this process writes it. */
async function ownLock(): Promise<Record<string, unknown>> {
  const folder = newFolder()
  const lock = await lockFolder(folder)
  const text = readFileSync(lockFile(folder), 'utf8')
  await lock.release()
  return JSON.parse(text)
}

describe('a lock', () => {
  it('is of one holder, and gone when it is released', async () => {
    const folder = newFolder()
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse)
    await lock.release()
    expect(existsSync(lockFile(folder))).toBe(false)
    await (await lockFolder(folder)).release()
  })

  it('whose number another program has since is taken over', async () => {
    const folder = newFolder()
    const other = started('sleep', ['60'])
    writeFileSync(lockFile(folder), JSON.stringify({ ...(await ownLock()), process: other.pid, started: '1' }))
    const lock = await lockFolder(folder, quick)
    await lock.check()
    await lock.release()
  })

  it('of a server that runs is refused, and one that was killed is taken at once', { timeout: 60_000 }, async () => {
    const store = newFolder()
    const server = await serverProcess(store)
    children.push(server.process)
    const folder = join(store, 'configurations/default')
    // As if its program had been stopped for longer than anybody waits.
    utimesSync(lockFile(folder), 1, 1)
    await expect(lockFolder(folder)).rejects.toMatchObject({
      problem: { ...inUse.problem, facts: { process: server.process.pid } },
    })
    await ended(server.process, 'SIGKILL')
    await (await lockFolder(folder)).release()
  })

  it('from before the machine was started counts while somebody renews it', async () => {
    const folder = newFolder()
    const of = { ...(await ownLock()), token: 'another', machine: 'another machine' }
    writeFileSync(lockFile(folder), JSON.stringify(of))
    let time = 1
    const renewing = setInterval(() => utimesSync(lockFile(folder), ++time, time), 20)
    try {
      await expect(lockFolder(folder, quick)).rejects.toMatchObject(inUse)
    } finally {
      clearInterval(renewing)
    }
    await (await lockFolder(folder, quick)).release()
  })

  it('is renewed by its holder', async () => {
    const folder = newFolder()
    const lock = await lockFolder(folder, quick)
    utimesSync(lockFile(folder), 1, 1)
    await expect.poll(() => statSync(lockFile(folder)).mtimeMs).toBeGreaterThan(1000)
    await lock.release()
  })

  it('that was taken over meanwhile lets nothing be written', async () => {
    const folder = newFolder()
    const lock = await lockFolder(folder, quick)
    writeFileSync(lockFile(folder), JSON.stringify({ ...(await ownLock()), token: 'another' }))
    await new Promise((resolve) => setTimeout(resolve, 5 * quick.renewEvery))
    await expect(lock.check()).rejects.toMatchObject(lost)
    await lock.release()
    expect(readFileSync(lockFile(folder), 'utf8')).toContain('another')
  })

  it('that was removed by hand is put back', async () => {
    const folder = newFolder()
    const lock = await lockFolder(folder, quick)
    rmSync(lockFile(folder))
    await expect.poll(() => existsSync(lockFile(folder))).toBe(true)
    await lock.check()
    await expect(lockFolder(folder, quick)).rejects.toMatchObject(inUse)
    await lock.release()
  })

  it.each([['0'], [''], ['nonsense'], ['999999999']])('that says %j is of nobody', async (text) => {
    const folder = newFolder()
    writeFileSync(lockFile(folder), text)
    await (await lockFolder(folder, quick)).release()
  })

  it('of an older version, with a number alone, counts while a process has that number', async () => {
    const folder = newFolder()
    writeFileSync(lockFile(folder), String(started('sleep', ['60']).pid))
    await expect(lockFolder(folder, quick)).rejects.toMatchObject(inUse)
  })

  it('of a dead process is taken by one of those that come at the same time', { timeout: 60_000 }, async () => {
    const folder = newFolder()
    writeFileSync(lockFile(folder), JSON.stringify({ ...(await ownLock()), process: 999_999_999, started: '1' }))
    const module = join(import.meta.dirname, '../../../../engine-worker/node/storage/folder-lock.ts')
    const script = `
      const { lockFolder } = await import(${JSON.stringify(module)})
      process.stdout.write(await lockFolder(${JSON.stringify(folder)}).then(() => 'held', ({ problem }) => problem.code))
      setTimeout(() => undefined, 60_000)`
    const args = ['--import', 'tsx', '--input-type=module', '-e', script]
    const said = await Promise.all(
      Array.from({ length: 4 }, () => {
        const child = started(process.execPath, args)
        return new Promise<string>((resolve) => child.stdout?.once('data', (piece) => resolve(String(piece))))
      }),
    )
    expect(said.sort()).toEqual(['held', ...Array(3).fill('storage-folder-in-use')])
  })
})
