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
