/** `microservice …`: makes and checks the manifest of a microservice, as a project has it in `microservices/<name>/`. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readMicroservice } from '../../config/microservices/read.ts'
import { microserviceFile } from '../../config/project/own-files.ts'
import { type Problem, reasonOf } from '../../problem.ts'
import { formatPart } from '../../text/format.ts'
import { problemText } from '../problem-text.ts'
import { command, jsonOption } from './define.ts'
import { UsageError } from './usage-error.ts'

/** A manifest to start from. */
function newManifest(name: string): string {
  const manifest = {
    title: name,
    docker: { image: `acme/${name}:1.0`, port: 5000, memory: 128, cpu_quota: 25 },
    environment: { API_KEY: { title: 'API key', secret: true, required: true } },
    paths: { entities: { title: 'All entities', uses: ['read'], entity: 'entity', since: true } },
    entities: {
      entity: {
        type: 'object',
        required: ['_id'],
        properties: { _id: { type: 'string' } },
        examples: [{ _id: '1' }],
      },
    },
  }
  return `${formatPart(manifest)}\n`
}

/** The manifest that is meant: the file itself, or the one in the folder. */
async function manifestAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new UsageError(`There is no ${path}.`)
  return found.isDirectory() ? join(path, microserviceFile) : path
}

async function validated(path: string): Promise<readonly Problem[]> {
  const file = await manifestAt(path)
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`)
  })
  return readMicroservice(text, file).problems
}

export const microserviceCommand = command({
  name: 'microservice',
  says: 'Makes the manifest of a microservice in a folder, or checks one.',
  actions: ['init', 'validate'],
  argument: 'DIR',
  options: { json: jsonOption },
  run: async (given, io) => {
    const folder = given.argument
    if (given.action === 'init') {
      const file = join(folder, microserviceFile)
      if (await stat(file).catch(() => null)) throw new UsageError(`${file} already exists.`)
      await mkdir(folder, { recursive: true })
      const name = basename(resolve(folder))
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
      await writeFile(file, newManifest(name || 'service'))
      io.say(file)
      return 0
    }
    const problems = await validated(folder)
    if (given.has('json')) io.out(`${JSON.stringify({ problems }, null, 2)}\n`)
    else for (const each of problems) io.say(`${each.severity}: ${problemText(each)}`)
    return problems.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})
