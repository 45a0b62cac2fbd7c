/**
 * The order in which pipes run: producers of a dataset before the pipes that read or join it. Cycles between globals are
 * normal; inside one, pipes keep the order in which they were given, sources weighing more than joins.
 */
import type { RunnablePipe } from '../connectors/runtime.ts'

/** The pipes in the order of their dependencies. */
export function inOrder(pipes: readonly RunnablePipe[]): readonly RunnablePipe[] {
  const producers = new Map<string, RunnablePipe[]>()
  for (const pipe of pipes) {
    if (pipe.sink.writes !== 'dataset') continue
    const list = producers.get(pipe.sink.dataset)
    if (list) list.push(pipe)
    else producers.set(pipe.sink.dataset, [pipe])
  }
  const order: RunnablePipe[] = []
  for (const component of stronglyConnectedComponents(pipes, (pipe) => predecessors(pipe, producers))) {
    if (component.length === 1) order.push(...component)
    else order.push(...insideCycle(component, producers))
  }
  return order
}

function predecessors(pipe: RunnablePipe, producers: ReadonlyMap<string, readonly RunnablePipe[]>): RunnablePipe[] {
  const hops = pipe.stages.flatMap((stage) => stage.hops.map(({ dataset }) => dataset))
  return [...new Set([...sourcesOf(pipe), ...hops])].flatMap((dataset) => producers.get(dataset) ?? [])
}

function sourcesOf(pipe: RunnablePipe): readonly string[] {
  return pipe.source.reads === 'datasets' ? pipe.source.datasets : []
}

/** Inside a cycle only what pipes read counts; where that is a cycle too, the order in which they were given. */
function insideCycle(
  cycle: readonly RunnablePipe[],
  producers: ReadonlyMap<string, readonly RunnablePipe[]>,
): readonly RunnablePipe[] {
  const inside = new Set(cycle)
  const predecessorsInside = (pipe: RunnablePipe) =>
    sourcesOf(pipe)
      .flatMap((dataset) => producers.get(dataset) ?? [])
      .filter((other) => inside.has(other))
  return stronglyConnectedComponents(cycle, predecessorsInside).flat()
}

/** Strongly connected components in dependency order (Tarjan), without recursion. */
function stronglyConnectedComponents<T>(nodes: readonly T[], before: (node: T) => readonly T[]): T[][] {
  const number = new Map<T, number>()
  const low = new Map<T, number>()
  const onStack = new Set<T>()
  const stack: T[] = []
  const found: T[][] = []
  for (const start of nodes) {
    if (number.has(start)) continue
    const walk: { node: T; next: readonly T[]; at: number }[] = [pushNode(start)]
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const next = top.next[top.at++]
      if (next === undefined) {
        walk.pop()
        const parent = walk.at(-1)
        if (parent) low.set(parent.node, Math.min(low.get(parent.node) ?? 0, low.get(top.node) ?? 0))
        if (low.get(top.node) === number.get(top.node)) found.push(popComponent(top.node))
      } else if (!number.has(next)) walk.push(pushNode(next))
      else if (onStack.has(next)) low.set(top.node, Math.min(low.get(top.node) ?? 0, number.get(next) ?? 0))
    }
  }
  return found

  function pushNode(node: T) {
    number.set(node, number.size)
    low.set(node, number.size - 1)
    stack.push(node)
    onStack.add(node)
    return { node, next: before(node), at: 0 }
  }
  function popComponent(root: T): T[] {
    const component: T[] = []
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      onStack.delete(node)
      component.push(node)
      if (node === root) break
    }
    const given = new Map(nodes.map((node, at) => [node, at]))
    return component.sort((a, b) => (given.get(a) ?? 0) - (given.get(b) ?? 0))
  }
}
