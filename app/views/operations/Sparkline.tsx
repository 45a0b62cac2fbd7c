/** The course of a number as a small line; what it says stands beside it as text. */
export function Sparkline({ values, className }: { readonly values: readonly number[]; readonly className: string }) {
  if (values.length < 2) return null
  const most = Math.max(...values)
  const least = Math.min(...values)
  const height = most - least || 1
  const points = values.map((value, at) => [(at / (values.length - 1)) * 80, 22 - ((value - least) / height) * 20])
  return (
    <svg aria-hidden width={80} height={24} viewBox="0 0 80 24" className={className} preserveAspectRatio="none">
      <polyline
        points={points.map((point) => point.join(',')).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
