/** Which of the two formats of metrics a request asks for. */

const OPEN = 'application/openmetrics-text'
const PLAIN = ['text/plain', 'text/*', '*/*']

/** Whether an Accept header likes OpenMetrics at least as much as the text format (RFC 9110, 12.5.1). */
export function prefersOpenMetrics(accept: string): boolean {
  const ranges = accept.split(',').map((text) => {
    const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
    const said = parameters.find((part) => part.startsWith('q='))?.slice(2)
    return { type, quality: said === undefined ? 1 : Number(said) || 0 }
  })
  const best = (types: readonly string[]) =>
    Math.max(0, ...ranges.flatMap(({ type, quality }) => (types.includes(type) ? [quality] : [])))
  const open = best([OPEN])
  return open > 0 && open >= best(PLAIN)
}
