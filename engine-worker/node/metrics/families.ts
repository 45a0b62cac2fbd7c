/** The documented metrics as families, read from a configuration that runs. */
import { get } from '../../entity/dict.ts'
import { hasNoPump } from '../../run/follow.ts'
import { healthStates, pipeMetrics, pumpMetrics, type ServiceFigures, serviceMetrics } from './documented.ts'
import type { Family, MetricSample } from './exposition.ts'
import { figuresOf, type MetricsContext, type PipeFigures } from './figures.ts'

/** The metrics of the service. */
export function serviceFamilies(figures: ServiceFigures): readonly Family[] {
  return serviceMetrics.map(({ name, help, value }) => {
    const found = value(figures)
    return typeof found === 'number' ? gaugeFamily(name, help, found) : stateFamily(name, help, healthStates, found)
  })
}

/** The metrics of all pipes and their pumps. */
export async function pipeFamilies(context: MetricsContext): Promise<readonly Family[]> {
  const figures = await Promise.all(context.pipes.map((pipe) => figuresOf(context, pipe)))
  const families: Family[] = pipeMetrics.map(({ name, type, help, value, labels = {} }) => ({
    name,
    type,
    help,
    samples: figures.flatMap((one): MetricSample[] => {
      const found = value(one)
      const own = Object.entries(labels).map(([label, text]) => [label, text(one)] as const)
      const all = { pipe: one.pipe.effective.id, ...Object.fromEntries(own) }
      return found === null ? [] : [{ labels: all, value: found }]
    }),
  }))
  const shown = figures.filter(isPumpShown).map(({ pipe }) => pipe.effective.id)
  for (const { name, type, help, value } of pumpMetrics) {
    const samples = shown.flatMap((pipe): MetricSample[] => {
      const counters = context.counters.of(pipe) ?? context.counters.none(pipe, context.now)
      const found = value(counters, context.now)
      return found === null ? [] : [{ labels: { pipe }, value: found, created: counters.created }]
    })
    families.push({ name, type, help, samples })
  }
  return families
}

/** Pumps that are disabled, manual or off are not exposed, nor are pipes that have none. */
function isPumpShown({ pipe, enabled }: PipeFigures): boolean {
  const mode = get(pipe.effective.pump.config, 'mode')
  return enabled && mode !== 'manual' && mode !== 'off' && !hasNoPump(pipe.runnable)
}

/** A state set: one line a state, 1 for the one that holds. */
function stateFamily(name: string, help: string, states: readonly string[], now: string): Family {
  const samples = states.map((state) => ({ labels: { [name]: state }, value: state === now ? 1 : 0 }))
  return { name, type: 'stateset', help, samples }
}

/** One number without labels. */
export function gaugeFamily(name: string, help: string, value: number): Family {
  return { name, type: 'gauge', help, samples: [{ labels: {}, value }] }
}
