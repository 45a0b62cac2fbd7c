/**
 * The commands by name: shows the help derived from their declarations, and turns what a command answers into an exit code.
 * Commands are loaded when they are asked for.
 */
import process from 'node:process'
import { version } from '../../../package.json'
import { Fault } from '../../problem.ts'
import { printable, problemText } from '../problem-text.ts'
import { systemError } from '../system-error.ts'
import type { Command, ExitCode, Io } from './define.ts'
import { UsageError } from './usage-error.ts'

/** Every command by name. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  eval: async () => (await import('./eval.ts')).evalCommand,
  run: async () => (await import('./run.ts')).runCommand,
  test: async () => (await import('./test.ts')).testCommand,
  effect: async () => (await import('./effect.ts')).effectCommand,
  validate: async () => (await import('./validate.ts')).validateCommand,
  scenario: async () => (await import('./scenario.ts')).scenarioCommand,
  bench: async () => (await import('./bench.ts')).benchCommand,
  format: async () => (await import('./format.ts')).formatCommand,
  expand: async () => (await import('./expand.ts')).expandCommand,
  fold: async () => (await import('./fold.ts')).foldCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  microservice: async () => (await import('./microservice.ts')).microserviceCommand,
  connector: async () => (await import('./connector.ts')).connectorCommand,
  login: async () => (await import('./login.ts')).loginCommand,
  connection: async () => (await import('./connection.ts')).connectionCommand,
  logout: async () => (await import('./logout.ts')).logoutCommand,
  search: async () => (await import('./search.ts')).searchCommand,
  model: async () => (await import('./model.ts')).modelCommand,
}

/** Once the reader of an output has gone (`| head`), what else is said there is dropped; the command does its work. */
const closedStreams = new Set<NodeJS.WriteStream>()

const io: Io = {
  out: (text) => write(process.stdout, text),
  say: (words) => write(process.stderr, `${words.split('\n').map(printable).join('\n')}\n`),
}

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!closedStreams.has(stream)) stream.write(text)
}

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    closedStreams.add(stream)
    if ('code' in error && error.code === 'EPIPE') return
    process.exitCode = 1
    const place = stream === process.stdout ? 'standard output' : 'standard error'
    io.say(systemError(Object.assign(error, { path: place }))?.sentence ?? error.message)
  })

async function help(): Promise<void> {
  io.say('pipewright: runs, tests and formats Sesam projects.\n')
  for (const load of Object.values(commands)) {
    const { usage, says } = await load()
    io.say(`  pipewright ${usage}\n      ${says}`)
  }
  io.say('\n"pipewright COMMAND --help" describes the options of a command.')
  io.say('Exit codes: 0 success, 1 the project failed, 2 wrong usage.')
}

/** The help of one command, with its options. */
function helpOf({ usage, says, options }: Command): string {
  const lines = Object.entries(options).map(([name, option]) => {
    return `  ${`--${name}${option.value === undefined ? '' : ` ${option.value}`}`.padEnd(20)} ${option.says}`
  })
  return [`pipewright ${usage}`, says, ...lines].join('\n')
}

/** Runs the command that the arguments name; its words go to standard output and standard error. */
export async function runArguments(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await help()
    return name === undefined ? 2 : 0
  }
  if (name === '--version') {
    io.out(`${version}\n`)
    return 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    io.say(`There is no command ${name}. The commands are ${Object.keys(commands).join(', ')}.`)
    return 2
  }
  const command = await load()
  if (rest.includes('--help')) {
    io.say(helpOf(command))
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.say(`${error.message}\nUsage: pipewright ${command.usage}`)
      return 2
    }
    if (error instanceof Fault) {
      io.say(problemText(error.problem))
      return 1
    }
    const refused = systemError(error)
    if (refused === null) throw error
    io.say(refused.sentence)
    return refused.exit
  }
}
