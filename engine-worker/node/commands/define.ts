/**
 * How a command of the command line is declared: its arguments and options once, from which reading them, the usage line
 * and the help are derived. cli.ts lists the commands by name.
 */
import { type Arguments, type Option, readArguments } from './arguments.ts'

/** Where a command writes: machine output and words apart, so that output can be piped. */
export interface Io {
  /** Standard output, as given: add the newline. */
  readonly out: (text: string) => void
  /** Standard error, one line. */
  readonly say: (words: string) => void
}

/** Exit codes: fine, the project failed, wrong usage. */
export type ExitCode = 0 | 1 | 2

/** What a command is. */
interface CommandDeclaration {
  readonly name: string
  /** One plain sentence. */
  readonly says: string
  /** What the command can do, where it does several things: one of these words comes first. */
  readonly actions?: readonly string[]
  /** Whether the command also does something without one of these words. */
  readonly actionOptional?: boolean
  /** The argument without a name, in capitals: `DIR`, `FILE`; absent where there is none. */
  readonly argument?: string
  /** Names of further arguments; the last may be `NAME…`, any number of them, also none, or `[NAME]`, which may be left out. */
  readonly further?: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  readonly run: (given: Arguments, io: Io) => Promise<ExitCode>
}

/** One command, ready to be called with the arguments as they were typed. */
export interface Command {
  readonly name: string
  readonly says: string
  /** As in `format DIR [--check]`. */
  readonly usage: string
  readonly options: Readonly<Record<string, Option>>
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>
}

/** Declares a command. */
export function command(declaration: CommandDeclaration): Command {
  const { name, says, actions = [], actionOptional = false, argument, further = [], options, run } = declaration
  const words = actionOptional ? `[${actions.join('|')}]` : actions.join('|')
  const positional = [...(actions.length > 0 ? [words] : []), ...(argument === undefined ? [] : [argument]), ...further]
  const takesMany = /…$|^\[/.test(further.at(-1) ?? '')
  const expected = { actions, actionOptional, count: positional.length - Number(takesMany), takesMany }
  const usage = [name, ...positional, ...Object.entries(options).map(optionUsage)]
  return {
    name,
    says,
    usage: usage.join(' '),
    options,
    run: async (args, io) => run(readArguments(args, options, expected), io),
  }
}

/** An option as the usage writes it: `[--pipe ID…]`. */
function optionUsage([name, { value, times }]: readonly [string, Option]): string {
  const text = value === undefined ? `--${name}` : `--${name} ${value}${times === 'many' ? '…' : ''}`
  return times === 'needed' ? text : `[${text}]`
}

/** The option that every command with a result for programs has. */
export const jsonOption: Option = { says: 'Prints the result as JSON.' }

/** The same option of commands that print nothing but JSON. */
export const alwaysJson: Option = { says: 'Changes nothing: the result is always JSON.' }

/** The option of commands that run a project. */
export const profileOption: Option = {
  value: 'NAME',
  says: 'Reads the variables from NAME-env.json instead of test-env.json.',
}
