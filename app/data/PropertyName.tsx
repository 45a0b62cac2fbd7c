/** A property with its namespace: where there is little room, the namespace gives way and the name itself stays. */
export function PropertyName({ name }: { readonly name: string }) {
  const colon = name.indexOf(':')
  if (colon <= 0) return <span className="truncate">{name}</span>
  return (
    <span className="flex min-w-0" title={name}>
      <span className="min-w-0 truncate font-normal text-ink-soft">{name.slice(0, colon + 1)}</span>
      <span className="max-w-full shrink-0 truncate">{name.slice(colon + 1)}</span>
    </span>
  )
}

/** A property over two lines, its namespace above its name: for heads of narrow columns, where both are read whole. */
export function PropertyHeading({ name }: { readonly name: string }) {
  const colon = name.indexOf(':')
  if (colon <= 0) return <span className="truncate">{name}</span>
  return (
    <span className="flex min-w-0 flex-col leading-tight" title={name}>
      <span className="truncate text-tiny font-normal text-ink-faint">{name.slice(0, colon)}</span>
      <span className="truncate">{name.slice(colon + 1)}</span>
    </span>
  )
}
