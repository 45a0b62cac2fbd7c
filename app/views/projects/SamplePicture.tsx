import type { Sample } from '../../store/project/new-projects.ts'

type Role = 'source' | 'transform' | 'accent' | 'sink'

interface Drawing {
  /** x, y, role */
  readonly nodes: readonly (readonly [number, number, Role])[]
  /** from, to, whether it is a join */
  readonly edges: readonly (readonly [number, number, boolean?])[]
}

const sampleDrawings: Record<Sample, Drawing> = {
  'golden-customer': {
    nodes: [
      [28, 20, 'source'],
      [28, 60, 'source'],
      [118, 40, 'accent'],
      [208, 20, 'sink'],
      [208, 60, 'sink'],
    ],
    edges: [
      [0, 2],
      [1, 2],
      [2, 3],
      [2, 4],
    ],
  },
  'orders-with-children': {
    nodes: [
      [20, 24, 'source'],
      [64, 66, 'source'],
      [98, 24, 'transform'],
      [166, 44, 'transform'],
      [232, 24, 'sink'],
      [232, 64, 'sink'],
    ],
    edges: [
      [0, 2],
      [1, 2, true],
      [2, 3],
      [2, 4],
      [3, 5],
    ],
  },
  'composite-pipe': {
    nodes: [
      [24, 18, 'source'],
      [24, 46, 'source'],
      [86, 32, 'accent'],
      [132, 32, 'transform'],
      [178, 32, 'transform'],
      [232, 32, 'sink'],
      [110, 70, 'source'],
    ],
    edges: [
      [0, 2],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [6, 3, true],
    ],
  },
}

/** The shape of a sample's flow, drawn in the colours of the roles. */
export function SamplePicture({ sample }: { readonly sample: Sample }) {
  const { nodes, edges } = sampleDrawings[sample]
  return (
    <svg viewBox="0 0 260 88" aria-hidden="true" className="w-full border-b border-line bg-canvas">
      {edges.map(([from, to, join]) => {
        const [x1, y1] = nodes[from] ?? [0, 0]
        const [x2, y2] = nodes[to] ?? [0, 0]
        const middle = (x1 + x2) / 2
        return (
          <path
            key={`${from} ${to}`}
            d={`M${x1 + 18} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2 - 18} ${y2}`}
            fill="none"
            stroke={join ? 'var(--hops)' : 'var(--line-strong)'}
            strokeWidth={1.5}
            {...(join ? { strokeDasharray: '3 3' } : {})}
          />
        )
      })}
      {nodes.map(([x, y, role]) => (
        <g key={`${x} ${y}`}>
          <rect x={x - 18} y={y - 9} width={36} height={18} rx={4} fill="var(--surface)" stroke="var(--line)" />
          <rect x={x - 18} y={y - 6} width={2.5} height={12} rx={1} fill={`var(--${role})`} />
          <rect x={x - 11} y={y - 2} width={22} height={3} rx={1.5} fill="var(--line)" />
        </g>
      ))}
    </svg>
  )
}
