/**
 * JavaScript transforms as microservices: on a real server the exported service gives the same results as the sandbox.
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMicroservice } from '../../../engine-worker/config/microservices/read.ts'
import { expandCommand } from '../../../engine-worker/node/commands/expand.ts'
import { validateCommand } from '../../../engine-worker/node/commands/validate.ts'
import { call, emptyFolder, folderWith } from '../../support/command.ts'
import { NINE, wasmModule } from '../../support/wasm-module.ts'

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
  const readOut = (path: string) => readFileSync(join(out, path), 'utf8')
  expect(JSON.parse(readOut('pipes/Orders.conf.json')).transform).toEqual([
    {
      type: 'http',
      system: 'orders-transform',
      url: 'transform',
      side_effects: false,
      trigger_on: { key: 't', value: 1 },
    },
    { type: 'lower_keys' },
  ])
  expect(JSON.parse(readOut('systems/orders-transform.conf.json'))).toEqual({
    _id: 'orders-transform',
    type: 'system:microservice',
    docker: { image: 'orders-transform:latest', port: 5000 },
  })
  expect(readOut('microservices/orders-transform/Dockerfile')).toContain('CMD ["node", "server.js"]')
  const answered = await answers(join(out, 'microservices/orders-transform'), [
    { _id: 'a', n: 1 },
    { _id: 'b', n: 2 },
  ])
  expect(answered).toEqual([{ _id: 'b', n: 4 }])
  // The generated files describe their image and have no problems.
  const { code: valid } = await call(validateCommand, out)
  expect(valid).toBe(0)
})

test('a module in WebAssembly becomes a microservice that calls it', async () => {
  const transform = { type: 'wasm', module: wasmModule({ transform: NINE }), system: 'nine', image: 'acme/nine:1' }
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'embedded', entities: [] }, transform }
  const out = emptyFolder()
  await call(expandCommand, folderWith({ 'pipes/p.conf.json': pipe }), '--out', out)
  expect(readFileSync(join(out, 'microservices/nine/Dockerfile'), 'utf8')).toContain('transform.wasm')
  const manifest = readFileSync(join(out, 'microservices/nine/microservice.json'), 'utf8')
  expect(readMicroservice(manifest, 'm').manifest?.docker).toEqual({ image: 'acme/nine:1', port: 5000 })
  expect(await answers(join(out, 'microservices/nine'), [{ _id: 'b', n: 1 }])).toEqual([{ _id: 'b', n: 9 }])
})

/** The answer of the service in a folder to these entities; it prints its free port. */
async function answers(folder: string, entities: readonly object[]): Promise<unknown> {
  const server = join(folder, 'server.js')
  const told = readFileSync(server, 'utf8')
  writeFileSync(
    server,
    told.replace('.listen(5000)', ".listen(0, '127.0.0.1', function () { console.log(this.address().port) })"),
  )
  const child = spawn(process.execPath, [server], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const port = await new Promise<string>((resolve) =>
      child.stdout.once('data', (text) => resolve(String(text).trim())),
    )
    const body = JSON.stringify(entities)
    const answer = await fetch(`http://127.0.0.1:${port}/transform`, { method: 'POST', body })
    return await answer.json()
  } finally {
    child.kill()
  }
}
