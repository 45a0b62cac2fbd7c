/**
 * `bench`: measures ratios of speed. Sections stand in their own modules beside this file; each gives its ratios by
 * name, higher is better.
 */
import { benchCodec } from './bench/codec.ts'
import { benchEngines } from './bench/engines.ts'
import { benchHops } from './bench/hops.ts'
import { benchIncremental } from './bench/incremental.ts'
import { benchTransform } from './bench/transform.ts'
import { command, jsonOption } from './define.ts'
import { UsageError } from './usage-error.ts'

type BenchSection = (rounds?: number) => Promise<Record<string, number>>

/** A section that needs a browser or a build; it stands with the tests, which may start one. */
function withTests(name: string): BenchSection {
  return async (rounds) => {
    const module: Record<string, BenchSection> = await import(
      new URL(`../../../tests/bench/${name}.ts`, import.meta.url).href
    )
    const section = module[name]
    if (section === undefined) throw new Error(`tests/bench/${name}.ts does not export ${name}`)
    return section(rounds)
  }
}

const sections: Readonly<Record<string, BenchSection>> = {
  transform: benchTransform,
  hops: benchHops,
  codec: benchCodec,
  incremental: benchIncremental,
  engines: benchEngines,
  file: withTests('file'),
  store: withTests('store'),
  pipe: withTests('pipe'),
  canvas: withTests('canvas'),
  search: withTests('search'),
}

export const benchCommand = command({
  name: 'bench',
  says: 'Compares the speed of the engine with alternatives, as ratios; higher is better.',
  options: {
    only: { value: 'SECTION,…', says: `Measures these only: ${Object.keys(sections).join(', ')}.` },
    json: jsonOption,
  },
  run: async (given, io) => {
    const names = sectionNames(given.one('only'))
    const results: Record<string, Record<string, number>> = {}
    for (const name of names) {
      io.say(`measuring ${name} …`)
      const section = sections[name]
      if (section === undefined) continue
      const ratios = Object.entries(await measureOrEmpty(section)).map(([key, value]) => [
        key,
        Math.round(value * 1000) / 1000,
      ])
      results[name] = Object.fromEntries(ratios)
    }
    if (given.has('json')) io.out(`${JSON.stringify(results, null, 2)}\n`)
    else
      for (const [name, ratios] of Object.entries(results))
        for (const [key, value] of Object.entries(ratios)) io.out(`${`${name}.${key}`.padEnd(36)} ${value}\n`)
    return 0
  },
})

/** Contenders and browsers come with the repository, not with the package. */
async function measureOrEmpty(section: BenchSection): Promise<Record<string, number>> {
  try {
    return await section()
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    throw missing ? new UsageError('This can only be measured in a clone of the repository, after npm ci.') : error
  }
}

function sectionNames(only: string | undefined): readonly string[] {
  const known = Object.keys(sections)
  if (only === undefined) return known
  const names = only.split(',').filter((name) => name !== '')
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UsageError(`There is no section ${unknown}; there are ${known.join(', ')}.`)
  return names
}
