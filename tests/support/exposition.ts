/** Metrics as a server writes them, read back: the families with their types, words and samples. */

interface ReadSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface ReadFamily {
  readonly type: string
  readonly help: string
  readonly samples: readonly ReadSample[]
}

/** The families of a text by name; in OpenMetrics that of a counter is without `_total`. */
export function readMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  const families = new Map<string, { type: string; help: string; samples: ReadSample[] }>()
  let family: { type: string; help: string; samples: ReadSample[] } | undefined
  for (const line of text.split('\n').filter((line) => line !== '' && line !== '# EOF')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (word === 'HELP') {
      family = { type: '', help: rest, samples: [] }
      families.set(name, family)
    } else if (word === 'TYPE' && family) family.type = rest
    else if (family) family.samples.push(sampleIn(line))
  }
  return families
}

function sampleIn(line: string): ReadSample {
  const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
  const unescaped = (text: string) => text.replace(/\\(.)/g, (_, each) => (each === 'n' ? '\n' : each))
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label, text = '']) => [label, unescaped(text)])),
    value: Number(value),
  }
}
