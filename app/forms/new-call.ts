/** New calls of functions. */
import type { CataloguedFunction, Json } from '../../engine-worker/index.ts'

/** A call with its required arguments. */
export function newCall(declared: CataloguedFunction): Json {
  const required = declared.takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many')
  return [
    declared.name,
    ...required.map(({ mode, type, names }): Json => {
      if (mode === 'transforms') return []
      if (mode === 'hops') return { datasets: [], where: [] }
      if (mode === 'json') return names === 'rule' ? 'default' : ''
      if (type === 'boolean') return true
      if (type === 'integer' || type === 'number') return 0
      if (type === 'list') return ['list']
      return ''
    }),
  ]
}
