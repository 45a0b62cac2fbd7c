/** The properties that the records of a datatype have. */
import { isObject, type Model } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { collectPipe } from './records.ts'

/** Properties by mapping; those that the mapping names where no record has been collected. */
export function useColumns(model: Model, concept: string): Readonly<Record<string, readonly string[]>> {
  const version = useEngine((state) => state.dataVersion)
  const ready = useEngine((state) => state.state === 'ready')
  const mappings = model.mappings.filter((each) => each.concept === concept && each.parent === undefined)
  const key = ready ? `${version} ${mappings.map(({ name }) => name).join(' ')}` : null
  const { value } = useQuery(
    key,
    async () => {
      const found = mappings.map(async ({ name, system, datatype }) => {
        const collected = await ask('rows', { dataset: collectPipe(system, datatype), from: 0, count: 0 })
        if (collected.columns.length > 0) return [name, collected.columns] as const
        const source = model.systems[system]?.datatypes[datatype]?.source
        const dataset = isObject(source) ? source.dataset : undefined
        if (typeof dataset !== 'string') return [name, []] as const
        const { columns } = await ask('rows', { dataset, from: 0, count: 0 })
        return [name, columns] as const
      })
      return Object.fromEntries(await Promise.all(found))
    },
    { about: concept },
  )
  return Object.fromEntries(
    mappings.map(({ name, properties }) => {
      const own = properties.flatMap(({ from }) => from ?? [])
      const read = (value?.[name] ?? []).filter((column) => !column.startsWith('_') && !column.startsWith('$'))
      return [name, [...new Set([...read, ...own])]]
    }),
  )
}
