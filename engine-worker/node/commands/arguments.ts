/** Reading the arguments of a command: positional ones, flags, and options with values. */
import { UsageError } from './define.ts'

/** What a command accepts: `--name` alone, `--name VALUE`, or `--name VALUE…` up to the next option. */
export type Shape = Readonly<Record<string, 'flag' | 'one' | 'many'>>

/** The arguments of one call by kind; options that were not given are undefined or empty. */
export interface Arguments {
  readonly positional: readonly string[]
  has(flag: string): boolean
  one(option: string): string | undefined
  many(option: string): readonly string[]
}

/** Sorts arguments by the command's shape; an unknown or incomplete option is wrong usage. */
export function readArguments(args: readonly string[], shape: Shape, positional: number): Arguments {
  const given = new Map<string, string[]>()
  const rest: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (!arg.startsWith('--')) {
      rest.push(arg)
      continue
    }
    const [name = '', inline] = arg.slice(2).split(/=(.*)/s)
    const kind = shape[name]
    if (kind === undefined) throw new UsageError(`there is no option --${name}`)
    const values = given.get(name) ?? []
    given.set(name, values)
    if (kind === 'flag') continue
    if (inline !== undefined) values.push(inline)
    else
      do values.push(valueAt(args, ++index, name))
      while (kind === 'many' && args[index + 1] !== undefined && !args[index + 1]?.startsWith('--'))
  }
  if (rest.length !== positional) {
    throw new UsageError(
      `${positional} ${positional === 1 ? 'argument is' : 'arguments are'} needed, not ${rest.length}`,
    )
  }
  return {
    positional: rest,
    has: (flag) => given.has(flag),
    one: (option) => given.get(option)?.at(-1),
    many: (option) => given.get(option) ?? [],
  }
}

function valueAt(args: readonly string[], index: number, name: string): string {
  const value = args[index]
  if (value === undefined || value.startsWith('--')) throw new UsageError(`--${name} needs a value`)
  return value
}
