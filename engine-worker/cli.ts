/**
 * The command line: finds the command, shows the help derived from the declarations, and turns what a command answers
 * into an exit code. Commands are loaded when they are asked for.
 */
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { version } from '../package.json'
import type { Command, ExitCode, Io } from './node/commands/define.ts'
import { UsageError } from './node/commands/usage-error.ts'
import { printable, problemText } from './node/problem-text.ts'
import { systemError } from './node/system-error.ts'
import { Fault } from './problem.ts'

// V8 makes objects in the old generation where some made at that place have lived long. Entities live as long as their
// batch, and old ones that are dead keep young ones alive: a run over 100,000 takes 155 MB instead of 112, and a fifth more
// of the processor.
setFlagsFromString('--no-allocation-site-pretenuring')

/** Every command by name. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  eval: async () => (await import('./node/commands/eval.ts')).evalCommand,
  run: async () => (await import('./node/commands/run.ts')).runCommand,
  test: async () => (await import('./node/commands/test.ts')).testCommand,
  effect: async () => (await import('./node/commands/effect.ts')).effectCommand,
  validate: async () => (await import('./node/commands/validate.ts')).validateCommand,
  scenario: async () => (await import('./node/commands/scenario.ts')).scenarioCommand,
  bench: async () => (await import('./node/commands/bench.ts')).benchCommand,
  format: async () => (await import('./node/commands/format.ts')).formatCommand,
  expand: async () => (await import('./node/commands/expand.ts')).expandCommand,
  fold: async () => (await import('./node/commands/fold.ts')).foldCommand,
  serve: async () => (await import('./node/commands/serve.ts')).serveCommand,
  backup: async () => (await import('./node/commands/backup.ts')).backupCommand,
  restore: async () => (await import('./node/commands/restore.ts')).restoreCommand,
  microservice: async () => (await import('./node/commands/microservice.ts')).microserviceCommand,
  connector: async () => (await import('./node/commands/connector.ts')).connectorCommand,
  login: async () => (await import('./node/commands/login.ts')).loginCommand,
  connection: async () => (await import('./node/commands/connection.ts')).connectionCommand,
  logout: async () => (await import('./node/commands/logout.ts')).logoutCommand,
  search: async () => (await import('./node/commands/search.ts')).searchCommand,
  model: async () => (await import('./node/commands/model.ts')).modelCommand,
}

/** Once the reader of an output has gone (`| head`), what else is said there is dropped; the command does its work. */
const closed = new Set<NodeJS.WriteStream>()

const io: Io = {
  out: (text) => write(process.stdout, text),
  say: (words) => write(process.stderr, `${words.split('\n').map(printable).join('\n')}\n`),
}

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!closed.has(stream)) stream.write(text)
}

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    closed.add(stream)
    if ('code' in error && error.code === 'EPIPE') return
    process.exitCode = 1
    const place = stream === process.stdout ? 'standard output' : 'standard error'
    io.say(systemError(Object.assign(error, { path: place }))?.sentence ?? error.message)
  })

async function help(): Promise<void> {
  io.say('pipewright: runs, tests and tidies Sesam projects.\n')
  for (const load of Object.values(commands)) {
    const { usage, says } = await load()
    io.say(`  pipewright ${usage}\n      ${says}`)
  }
  io.say('\nExit codes: 0 fine, 1 the project failed, 2 wrong usage.')
}

/** The help of one command, with its options. */
function helpOf({ usage, says, options }: Command): string {
  const lines = Object.entries(options).map(([name, option]) => {
    return `  ${`--${name}${option.value === undefined ? '' : ` ${option.value}`}`.padEnd(20)} ${option.says}`
  })
  return [`pipewright ${usage}`, says, ...lines].join('\n')
}

async function main(args: readonly string[]): Promise<ExitCode> {
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

const exitCode = await main(process.argv.slice(2))
process.exitCode ||= exitCode
