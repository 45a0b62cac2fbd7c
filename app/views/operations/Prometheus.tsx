import { useServerPlace } from '../../store/server/place.ts'
import { useOperationsWords } from './operations-words.ts'
import { Panel } from './Panel.tsx'

/** Where the same numbers are for Prometheus and Grafana. */
export function Prometheus() {
  const w = useOperationsWords().operations
  const address = useServerPlace((state) => state.address)
  return (
    <Panel title="Prometheus" framed={false}>
      <p className="text-ink-soft">{address === null ? w.metricsHere : w.metricsThere}</p>
      <pre className="mono mt-1 overflow-x-auto rounded-md border border-line bg-sunken p-2 text-tiny">
        {address === null ? 'pipewright run DIR --metrics FILE.prom' : `GET ${address}/api/metrics`}
      </pre>
      <a className="link mt-1 inline-block" href="./grafana-dashboard.json" download>
        {w.dashboard}
      </a>
    </Panel>
  )
}
