/** The manifest of a microservice on the command line: created, valid, and with problems. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { microserviceCommand } from '../../../../engine-worker/node/commands/microservice.ts'
import { call, emptyFolder } from '../../../support/command.ts'

test('init makes a manifest that is right, and never writes over one', async () => {
  const folder = join(emptyFolder(), 'My Weather')
  expect((await call(microserviceCommand, 'init', folder)).code).toBe(0)
  const file = join(folder, 'microservice.json')
  expect(JSON.parse(readFileSync(file, 'utf8')).docker.image).toBe('acme/my-weather:1.0')
  expect((await call(microserviceCommand, 'validate', folder)).code).toBe(0)
  expect((await call(microserviceCommand, 'validate', file)).code).toBe(0)
  await expect(call(microserviceCommand, 'init', folder)).rejects.toThrow('already exists')
})

test('validate names each mistake with its place, and gives 1', async () => {
  const folder = emptyFolder()
  await expect(call(microserviceCommand, 'validate', folder)).rejects.toThrow('cannot be read')
  writeFileSync(join(folder, 'microservice.json'), '{"title": "x", "docker": {"image": "a b", "port": 0}}')
  const { code, out } = await call(microserviceCommand, 'validate', folder, '--json')
  expect(code).toBe(1)
  const { problems }: { problems: { where: { path: string[] } }[] } = JSON.parse(out)
  expect(problems.map(({ where }) => where.path.join('.'))).toEqual(['docker.image', 'docker.port'])
})
