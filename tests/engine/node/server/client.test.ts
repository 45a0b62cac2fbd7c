/**
 * Sesam's own client with `pipewright serve`, where it is installed: SESAM_CLIENT names a folder with its `sesam.py`
 * and a Python environment `venv` with what it needs.
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noShared, projects } from '../../../shared.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

const client = process.env.SESAM_CLIENT ?? ''
const isThere = client !== '' && existsSync(join(client, 'sesam.py'))

describe.skipIf(noShared || !isThere)("Sesam's client", () => {
  let server: TestServer
  let folder: string
  beforeAll(async () => {
    server = await testServer()
    folder = mkdtempSync(join(tmpdir(), 'pipewright-client-'))
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function runClient(project: string, ...args: string[]): Promise<number | null> {
    const python = join(client, 'venv/bin/python')
    const all = [join(client, 'sesam.py'), '-node', server.address, '-jwt', server.admin, ...args]
    const child = spawn(python, all, { cwd: join(folder, project), stdio: 'ignore' })
    return new Promise((resolve) => child.on('exit', resolve))
  }

  it.each(['haakonbull-simple', 'tutorial-globals', 'sesam-training-2019-02', 'sesam-py-fair-weather'])(
    'runs its commands on %s',
    { timeout: 120_000 },
    async (project) => {
      cpSync(join(projects, project), join(folder, project), { recursive: true })
      for (const command of ['upload', 'run', 'verify', 'test', 'update', 'download', 'status', 'restart', 'wipe'])
        expect(await runClient(project, command), command).toBe(0)
    },
  )
})
