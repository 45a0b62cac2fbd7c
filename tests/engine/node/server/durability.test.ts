/** The data of a server after it is killed, stopped or started twice. `npm run kills` kills it at 200 points. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { client } from '../../../support/server.ts'
import { ended, serverProcess } from '../../../support/server-process.ts'

const KILLS = Number(process.env.KILLS ?? 3)
const base = mkdtempSync(join(tmpdir(), 'pipewright-durability-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** A project whose pushed entities are copied by a second pipe as soon as they come. */
function project(name: string): string {
  const folder = join(base, name)
  mkdirSync(join(folder, 'pipes'), { recursive: true })
  const pipes = [
    { _id: 'pushed', type: 'pipe', source: { type: 'http_endpoint' } },
    { _id: 'copied', type: 'pipe', source: { type: 'dataset', dataset: 'pushed' } },
  ]
  for (const pipe of pipes) writeFileSync(join(folder, `pipes/${pipe._id}.conf.json`), JSON.stringify(pipe))
  return folder
}

/** The `_id`s in a dataset. */
async function idsIn(api: Awaited<ReturnType<typeof client>>, dataset: string): Promise<ReadonlySet<string>> {
  const { json } = await api.call('GET', `/datasets/${dataset}/entities?history=false`)
  const list = json()
  return new Set(Array.isArray(list) ? list.map(({ _id }) => String(_id)) : [])
}

describe('a server', () => {
  it(`keeps what it acknowledged when it is killed, and goes on (${KILLS} times)`, {
    timeout: 60_000 + KILLS * 30_000,
  }, async () => {
    const [folder, store] = [project('killed'), join(base, 'killed-store')]
    const acknowledged = new Set<string>()
    let next = 0
    for (let kill = 0; kill <= KILLS; kill++) {
      const server = await serverProcess(store, [folder])
      const api = await client(store, server.address)
      const there = await idsIn(api, 'pushed')
      expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
      if (kill === KILLS) {
        const copiedCount = () => idsIn(api, 'copied').then((ids) => ids.size)
        await expect.poll(copiedCount, { timeout: 30_000, interval: 200 }).toBe(there.size)
        await ended(server.process, 'SIGTERM')
        expect(server.process.exitCode).toBe(0)
        return
      }
      const killed = new Promise<void>((resolve) => {
        setTimeout(() => void ended(server.process, 'SIGKILL').then(resolve), 50 + Math.random() * 1500)
      })
      for (let alive = true; alive; ) {
        const ids = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () => String(next++))
        const entities = ids.map((_id) => ({ _id, text: 'x'.repeat(200) }))
        const push = api.call('POST', '/receivers/pushed/entities', { json: entities })
        await push.then(
          ({ status }) => {
            if (status === 200) for (const id of ids) acknowledged.add(id)
          },
          () => {
            alive = false
          },
        )
      }
      await killed
    }
  })

  it('is the only one on its store', { timeout: 60_000 }, async () => {
    const [folder, store] = [project('twice'), join(base, 'twice-store')]
    const first = await serverProcess(store, [folder])
    await expect(serverProcess(store, [folder])).rejects.toThrow(/ended with 1: .*in use by another process/)
    await ended(first.process, 'SIGTERM')
    expect(first.process.exitCode).toBe(0)
  })

  it('refuses data of a newer version', { timeout: 60_000 }, async () => {
    const [folder, store] = [project('newer'), join(base, 'newer-store')]
    mkdirSync(join(store, 'configurations/newer'), { recursive: true })
    writeFileSync(join(store, 'configurations/newer/format'), '2\n')
    await expect(serverProcess(store, [folder])).rejects.toThrow(/written by a newer version \(format 2\)/)
  })
})

describe('run --store', () => {
  it('goes on where the last run stopped', { timeout: 60_000 }, () => {
    const folder = join(base, 'run')
    mkdirSync(join(folder, 'pipes'), { recursive: true })
    const source = { type: 'embedded', entities: [{ _id: 'a' }, { _id: 'b' }] }
    const pipes = [
      { _id: 'first', type: 'pipe', source },
      { _id: 'second', type: 'pipe', source: { type: 'dataset', dataset: 'first' } },
    ]
    for (const pipe of pipes) writeFileSync(join(folder, `pipes/${pipe._id}.conf.json`), JSON.stringify(pipe))
    const args = [
      '--import',
      'tsx',
      'engine-worker/cli.ts',
      'run',
      folder,
      '--store',
      join(base, 'run-store'),
      '--json',
    ]
    const runCommand = () => spawnSync('node', args, { encoding: 'utf8' })
    const readCounts = (output: string) => JSON.parse(output).pipes.map(({ read }: { read: number }) => read)
    expect(readCounts(runCommand().stdout)).toEqual([2, 2])
    expect(readCounts(runCommand().stdout)).toEqual([2, 0])
  })
})
