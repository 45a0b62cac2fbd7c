/** Which of the two formats of metrics a request asks for. */

const OPENMETRICS_TYPE = 'application/openmetrics-text'
const PLAIN_TYPES = ['text/plain', 'text/*', '*/*']

/** Whether an Accept header likes OpenMetrics at least as much as the text format (RFC 9110, 12.5.1). */
export function prefersOpenMetrics(accept: string): boolean {
  const ranges = accept.split(',').map((text) => {
    const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
    const qualityText = parameters.find((part) => part.startsWith('q='))?.slice(2)
    return { type, quality: qualityText === undefined ? 1 : Number(qualityText) || 0 }
  })
  const bestQuality = (types: readonly string[]) =>
    Math.max(0, ...ranges.flatMap(({ type, quality }) => (types.includes(type) ? [quality] : [])))
  const open = bestQuality([OPENMETRICS_TYPE])
  return open > 0 && open >= bestQuality(PLAIN_TYPES)
}
