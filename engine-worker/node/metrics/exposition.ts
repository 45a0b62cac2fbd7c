/**
 * Metrics as text for Prometheus: families with their samples, in the text format 0.0.4 or as OpenMetrics 1.0
 * (prometheus.io, exposition formats). A counter is written with `_total` and with `_created`, the time of its creation.
 */

/** `stateset`: a label named as the family has the states, one of which is 1. */
type FamilyType = 'gauge' | 'counter' | 'stateset' | 'summary'

export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** For a counter: when it began, in seconds since 1970. */
  readonly created?: number
  /** For a summary: how many observations there are; `value` is their sum. */
  readonly count?: number
}

/** One metric; the name of a counter is without `_total`. */
export interface Family {
  readonly name: string
  readonly type: FamilyType
  readonly help: string
  readonly samples: readonly MetricSample[]
}

export const TEXT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** Families without samples are left out. */
export function textFormat(families: readonly Family[]): string {
  const shown = families.filter(({ samples }) => samples.length > 0)
  return shown.map(textFamily).join('')
}

/** The same families as OpenMetrics. */
export function openMetrics(families: readonly Family[]): string {
  const shown = families.filter(({ samples }) => samples.length > 0)
  return `${shown.map(openFamily).join('')}# EOF\n`
}

function textFamily({ name, type, help, samples }: Family): string {
  if (type === 'summary') return head(name, 'summary', help) + samples.map((one) => summaryLines(name, one)).join('')
  if (type !== 'counter')
    return head(name, 'gauge', help) + samples.map((one) => line(name, one.labels, one.value)).join('')
  const total = samples.map(({ labels, value }) => line(`${name}_total`, labels, value)).join('')
  const created = samples.map(({ labels, created = 0 }) => line(`${name}_created`, labels, created)).join('')
  return head(`${name}_total`, 'counter', help) + total + head(`${name}_created`, 'gauge', help) + created
}

function openFamily({ name, type, help, samples }: Family): string {
  const lines = samples.map((one) => {
    if (type === 'summary') return summaryLines(name, one)
    if (type !== 'counter') return line(name, one.labels, one.value)
    return line(`${name}_total`, one.labels, one.value) + line(`${name}_created`, one.labels, one.created ?? 0)
  })
  return head(name, type, help) + lines.join('')
}

function summaryLines(name: string, { labels, value, count = 0 }: MetricSample): string {
  return line(`${name}_count`, labels, count) + line(`${name}_sum`, labels, value)
}

function head(name: string, type: string, help: string): string {
  const words = help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')
  return `# HELP ${name} ${words}\n# TYPE ${name} ${type}\n`
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const shown = Object.entries(labels).map(([label, text]) => `${label}="${escapedLabel(text)}"`)
  return `${name}${shown.length === 0 ? '' : `{${shown.join(',')}}`} ${numberText(value)}\n`
}

function escapedLabel(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value)
}
