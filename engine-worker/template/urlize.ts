/** The filter `urlize`: addresses in a text become links. */

/** How links are written. */
interface LinkOptions {
  /** Characters of the address that are shown at most, or null. */
  readonly limit: number | null
  readonly rel: string
  readonly target: string
  /** More beginnings of addresses, such as `tel:`. */
  readonly schemes: readonly string[]
  readonly escaping: (text: string) => string
}

const domainPattern = '(?:[a-z]{2,63}|xn--[\\p{L}\\p{N}_%]{2,59})'
const labelPattern = '[\\p{L}\\p{N}_%-]'
const portPattern = '(?::\\d{1,5})?'
const restPattern = '(?:[/?#]\\S*)?'
const addressPatterns = [
  `(?:https?://|www\\.)(?:${labelPattern}+\\.)*${domainPattern}`,
  `(?:${labelPattern}{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)`,
  'https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\])',
].map((address) => new RegExp(`^(?:${address})${portPattern}${restPattern}$`, 'iu'))
const emailPattern = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u
/** Words longer than this are no addresses that anyone would follow. */
const MAX_WORD_LENGTH = 4096

/** The text, which is escaped already, with links. */
export function linked(text: string, options: LinkOptions): string {
  return text
    .split(/(\s+)/)
    .map((word) => (word.length > MAX_WORD_LENGTH ? word : linkedWord(word, options)))
    .join('')
}

function linkedWord(word: string, options: LinkOptions): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? ''
  let middle = word.slice(head.length)
  let tail = ''
  for (;;) {
    const sign = /(?:[)>.,]|&gt;)$/.exec(middle)?.[0]
    if (sign === undefined) break
    tail = sign + tail
    middle = middle.slice(0, -sign.length)
  }
  for (const [open, close] of brackets) {
    const opened = countOf(middle, open)
    if (opened <= countOf(middle, close)) continue
    for (let left = Math.min(opened, countOf(tail, close)); left > 0; left--) {
      const end = tail.indexOf(close) + close.length
      middle += tail.slice(0, end)
      tail = tail.slice(end)
    }
  }
  return head + linkText(middle, options) + tail
}

const brackets = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const

function countOf(text: string, part: string): number {
  return text.split(part).length - 1
}

function linkText(address: string, { limit, rel, target, schemes, escaping }: LinkOptions): string {
  const attributes = `${rel === '' ? '' : ` rel="${escaping(rel)}"`}${target === '' ? '' : ` target="${escaping(target)}"`}`
  const shown = limit !== null && address.length > limit ? `${address.slice(0, limit)}...` : address
  if (addressPatterns.some((pattern) => pattern.test(address))) {
    const whole = /^https?:\/\//.test(address) ? address : `https://${address}`
    return `<a href="${whole}"${attributes}>${shown}</a>`
  }
  if (address.startsWith('mailto:') && emailPattern.test(address.slice(7)))
    return `<a href="${address}">${address.slice(7)}</a>`
  if (!address.startsWith('www.') && !address.startsWith('@') && !address.includes(':') && emailPattern.test(address))
    return `<a href="mailto:${address}">${address}</a>`
  const scheme = schemes.find((each) => address !== each && address.startsWith(each))
  return scheme === undefined ? address : `<a href="${address}"${attributes}>${address}</a>`
}
