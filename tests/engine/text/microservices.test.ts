/** JavaScript transforms as microservices: what Sesam gets does what the sandbox does, on a real server. */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expandCommand } from '../../../engine-worker/node/commands/expand.ts'
import { call, emptyFolder, folderWith } from '../../support/command.ts'

const code = 'function transform(entity) {\n  return entity.n > 1 ? { n: entity.n * 2 } : null\n}\n'

test('an http transform, a system and the files of the service, which runs as it is', async () => {
  const folder = folderWith({
    'pipes/Orders.conf.json': {
      _id: 'Orders',
      type: 'pipe',
      source: { type: 'embedded', entities: [] },
      transform: [{ type: 'javascript', code, trigger_on: { key: 't', value: 1 } }, { type: 'lower_keys' }],
    },
  })
  const out = emptyFolder()
  const { code: exit, out: words } = await call(expandCommand, folder, '--out', out)
  expect([exit, words]).toEqual([0, expect.stringContaining('microservices/orders-transform')])
  const read = (path: string) => readFileSync(join(out, path), 'utf8')
  expect(JSON.parse(read('pipes/Orders.conf.json')).transform).toEqual([
    {
      type: 'http',
      system: 'orders-transform',
      url: 'transform',
      side_effects: false,
      trigger_on: { key: 't', value: 1 },
    },
    { type: 'lower_keys' },
  ])
  expect(JSON.parse(read('systems/orders-transform.conf.json'))).toEqual({
    _id: 'orders-transform',
    type: 'system:microservice',
    docker: { image: 'orders-transform:latest', port: 5000 },
  })
  expect(read('microservices/orders-transform/Dockerfile')).toContain('CMD ["node", "server.js"]')

  // On a free port, which it tells.
  const server = join(out, 'microservices/orders-transform/server.js')
  const told = read('microservices/orders-transform/server.js')
  writeFileSync(
    server,
    told.replace('.listen(5000)', ".listen(0, '127.0.0.1', function () { console.log(this.address().port) })"),
  )
  const child = spawn(process.execPath, [server], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const port = await new Promise<string>((resolve) =>
      child.stdout.once('data', (text) => resolve(String(text).trim())),
    )
    const body = JSON.stringify([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ])
    const answer = await fetch(`http://127.0.0.1:${port}/transform`, { method: 'POST', body })
    expect(await answer.json()).toEqual([{ _id: 'b', n: 4 }])
  } finally {
    child.kill()
  }
})
