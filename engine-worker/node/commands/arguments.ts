/** Reading the arguments of a command, as it declares them. */
import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** One option, `--name` alone or with a value. */
export interface Option {
  /** What its value is, in capitals; without it the option is a flag. */
  readonly value?: string
  /** How often it may be given; `needed` is once. */
  readonly times?: 'needed' | 'many'
  /** One plain sentence. */
  readonly says: string
}

/** The arguments of one call by kind; options that were not given are undefined or empty. */
export interface Arguments {
  /** The word that says what to do; empty where the command does one thing. */
  readonly action: string
  /** The argument without a name; empty where the command has none. */
  readonly argument: string
  /** The arguments after that one. */
  readonly further: readonly string[]
  has(flag: string): boolean
  one(option: string): string | undefined
  many(option: string): readonly string[]
}

/** What is expected without a name: one of these words, if there are any, and at least a number of arguments. */
interface Positional {
  readonly actions: readonly string[]
  /** Whether the words may be left out. */
  readonly actionOptional?: boolean
  /** How many there are at least, the word included. */
  readonly count: number
  readonly takesMany: boolean
}

/**
 * Sorts arguments by the declared options. An option that may be given many times takes all values up to the next
 * option or `--`. An unknown or incomplete option and a wrong number of arguments are wrong usage.
 */
export function readArguments(
  args: readonly string[],
  options: Readonly<Record<string, Option>>,
  { actions, actionOptional = false, count: most, takesMany }: Positional,
): Arguments {
  const optionValues = new Map<string, string[]>()
  const positionals: string[] = []
  let open: string[] | null = null
  for (const token of tokensOf(args, options)) {
    if (token.kind === 'positional') (open ?? positionals).push(token.value)
    if (token.kind === 'option-terminator') open = null
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) throw new UsageError(`There is no option --${token.name}.`)
    const values = optionValues.get(token.name) ?? []
    optionValues.set(token.name, values)
    if (option.value === undefined && token.value !== undefined) throw new UsageError(`--${token.name} takes no value.`)
    if (option.value !== undefined) values.push(givenValue(token))
    open = option.times === 'many' ? values : null
  }
  for (const [name, { times, value }] of Object.entries(options))
    if (times === 'needed' && !optionValues.has(name)) throw new UsageError(`--${name} ${value} is needed.`)
  const isBare = actionOptional && positionals.length < most
  const count = isBare ? most - 1 : most
  const [action = ''] = actions.length > 0 && !isBare ? positionals : []
  if (action !== '' && !actions.includes(action)) throw new UsageError(`${action} is not one of ${actions.join(', ')}.`)
  if (takesMany ? positionals.length < count : positionals.length !== count)
    throw new UsageError(wrongNumber(positionals, count))
  const [argument = '', ...further] = actions.length > 0 && !isBare ? positionals.slice(1) : positionals
  return {
    action,
    argument,
    further,
    has: (flag) => optionValues.has(flag),
    one: (option) => optionValues.get(option)?.at(-1),
    many: (option) => optionValues.get(option) ?? [],
  }
}

function tokensOf(args: readonly string[], options: Readonly<Record<string, Option>>) {
  const declared = Object.entries(options).map(([name, { value }]) => {
    return [name, { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true }] as const
  })
  const config = { args: [...args], options: Object.fromEntries(declared), strict: false, allowPositionals: true }
  return parseArgs({ ...config, tokens: true }).tokens
}

/** The value of an option; what begins with a hyphen is the next option. */
function givenValue({ name, value, inlineValue }: { name: string; value?: string; inlineValue?: boolean }): string {
  if (value === undefined || (!inlineValue && value.startsWith('-'))) throw new UsageError(`--${name} needs a value.`)
  return value
}

function wrongNumber(rest: readonly string[], count: number): string {
  if (count === 0) return `${rest[0]} is not expected.`
  if (rest.length < count) return 'An argument is missing.'
  const needed = count === 1 ? 'One argument is' : `${count} arguments are`
  return `${needed} needed, not ${rest.length}: ${rest.join(', ')}.`
}
