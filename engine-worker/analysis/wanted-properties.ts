/** What the pipes behind a dataset read of it by name: what they want of the pipe that writes it. */
import { rulesProperty } from '../config/model/nested.ts'
import { compiledPart } from '../config/project/compiled.ts'
import type { EffectivePipe } from '../config/project/effective.ts'
import { datasetsRead } from '../config/project/facts.ts'
import { localName } from './origins.ts'

/** A property that a pipe reads. */
interface WantedProperty {
  /** Without its namespace. */
  readonly property: string
  /** The pipe that reads it. */
  readonly pipe: string
}

/**
 * The properties of a dataset that pipes read by name, each once. Of a pipe that reads several datasets only what its rules
 * read in the namespace of this one, which is the id of the pipe that writes it.
 */
export function propertiesWantedOf(
  dataset: string,
  writer: string,
  pipes: readonly EffectivePipe[],
): readonly WantedProperty[] {
  const found = new Map<string, WantedProperty>()
  const add = (property: string, pipe: string) => {
    const name = localName(property)
    if (name !== '' && !/^[_$]|[*?]/.test(name) && !found.has(name)) found.set(name, { property: name, pipe })
  }
  for (const pipe of pipes) {
    const sources = datasetsRead(pipe.source)
    const first = pipe.transforms.find((part) => rulesProperty(part.config) !== null)
    for (const part of pipe.transforms) {
      if (rulesProperty(part.config) === null) continue
      const { reached, rules } = compiledPart(part, pipe.namespaces).dtl.facts
      const readsSource = part === first && sources.includes(dataset)
      for (const { rule, reads, copies } of rules) {
        if (!reached.includes(rule)) continue
        for (const { from, path } of reads) {
          const [name] = path
          if (name === undefined) continue
          if (from === dataset) add(name, pipe.id)
          // Only the default rule has the entity of the dataset as its source.
          else if (readsSource && from === '_S' && rule === 'default' && isOf(name, writer, sources.length === 1))
            add(name, pipe.id)
        }
        if (readsSource && rule === 'default' && sources.length === 1)
          for (const { include } of copies) for (const name of include) add(name, pipe.id)
      }
    }
  }
  return [...found.values()]
}

function isOf(name: string, writer: string, isOnly: boolean): boolean {
  if (isOnly) return true
  return name.includes(':') && name.slice(0, name.indexOf(':')) === writer
}

/** Datasets that are read together with one by the same source: what they hold of a thing, it may hold, too. */
export function siblingsOf(dataset: string, pipes: readonly EffectivePipe[]): readonly string[] {
  const together = pipes.map(({ source }) => datasetsRead(source)).filter((names) => names.includes(dataset))
  return [...new Set(together.flat())].filter((name) => name !== dataset)
}
