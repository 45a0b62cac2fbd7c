import { monogram } from './names.ts'

/** The letters of a system; its whole name is beside it or in its title. */
export function Monogram({ system }: { readonly system: string }) {
  return (
    <span
      aria-hidden
      title={system}
      className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-sm border border-line bg-sunken px-1 text-tiny font-semibold text-ink-soft"
    >
      {monogram(system)}
    </span>
  )
}
