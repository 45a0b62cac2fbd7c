/** The methods of Python's `str` that take a text apart. */
import { valueError } from '../error.ts'
import { asIndex } from '../numbers.ts'
import { type Routine, requiredArgument, routine } from '../routine.ts'
import { isWhitespace, strip } from '../text.ts'
import { PyList, PyTuple } from '../values.ts'
import { likeText, needText, optionalText } from './arguments.ts'

/** The parts between a separator, split at most `limit` times (any number where negative). */
export function splitText(text: string, separator: string, limit: number): string[] {
  const parts = text.split(separator)
  if (limit < 0 || parts.length <= limit + 1) return parts
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)]
}

function splitFromRight(text: string, separator: string, limit: number): string[] {
  const parts = text.split(separator)
  if (limit < 0 || parts.length <= limit + 1) return parts
  const at = parts.length - limit
  return [parts.slice(0, at).join(separator), ...parts.slice(at)]
}

/** The words between white space, split at most `limit` times; what is left over keeps the white space at its far end. */
function splitWords(text: string, limit: number): string[] {
  const words: string[] = []
  let rest = strip(text, null, 'left')
  while (rest !== '' && (limit < 0 || words.length < limit)) {
    let at = 0
    while (at < rest.length && !isWhitespace(rest[at] ?? '')) at++
    words.push(rest.slice(0, at))
    rest = strip(rest.slice(at), null, 'left')
  }
  return rest === '' ? words : [...words, rest]
}

function splitWordsFromRight(text: string, limit: number): string[] {
  const words: string[] = []
  let rest = strip(text, null, 'right')
  while (rest !== '' && (limit < 0 || words.length < limit)) {
    let at = rest.length
    while (at > 0 && !isWhitespace(rest[at - 1] ?? '')) at--
    words.unshift(rest.slice(at))
    rest = strip(rest.slice(0, at), null, 'right')
  }
  return rest === '' ? words : [rest, ...words]
}

/** Python's `split` or `rsplit`. */
export function splitter(fromRight: boolean): Routine {
  return routine({
    name: fromRight ? 'rsplit' : 'split',
    takes: { sep: null, maxsplit: -1 },
    run: (state, value, sep = null, maxsplit = -1) => {
      const text = needText(value)
      const separator = optionalText(sep)
      if (separator === '') throw valueError('empty separator')
      const limit = asIndex(maxsplit)
      const parts =
        separator === null
          ? fromRight
            ? splitWordsFromRight(text, limit)
            : splitWords(text, limit)
          : fromRight
            ? splitFromRight(text, separator, limit)
            : splitText(text, separator, limit)
      state.spend(parts.length)
      return new PyList(parts.map((part) => likeText(value, part, state)))
    },
  })
}

/** Python's `partition` or `rpartition`. */
export function partition(fromRight: boolean): Routine {
  return routine({
    name: fromRight ? 'rpartition' : 'partition',
    takes: { sep: requiredArgument },
    run: (state, value, sep = null) => {
      const text = needText(value)
      const separator = needText(sep)
      if (separator === '') throw valueError('empty separator')
      const at = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator)
      const none = fromRight ? ['', '', text] : [text, '', '']
      const parts = at < 0 ? none : [text.slice(0, at), separator, text.slice(at + separator.length)]
      return new PyTuple(parts.map((part) => likeText(value, part, state)))
    },
  })
}
