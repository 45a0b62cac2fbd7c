import { useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { Input } from '../../../ui/Field.tsx'
import { type ConnectorDesign, changeDesignedDatatype, useDesign } from './design.ts'
import { useStudioWords } from './studio-words.ts'

/** The datatypes that the service seems to have: a tick takes one, its name shows it. */
export function StudioDatatypes({ design }: { readonly design: ConnectorDesign }) {
  const w = useStudioWords()
  const shown = useDesign((state) => state.datatype)
  const [text, setText] = useState('')
  const searchText = text.trim().toLowerCase()
  const { datatypes } = design
  const found = datatypes.filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(searchText))
  return (
    <section
      aria-label={w.datatypes}
      className="flex min-h-0 w-52 shrink-0 flex-col gap-2 border-r border-line bg-surface p-3 max-lg:max-h-64 max-lg:w-full"
    >
      <h3 className="flex items-baseline text-title">
        <span className="flex-1">{w.datatypes}</span>
        <span className="text-tiny text-ink-soft tabular-nums">
          {w.chosen(datatypes.filter(({ isOn }) => isOn).length, datatypes.length)}
        </span>
      </h3>
      {!datatypes.some(({ isOn }) => isOn) && <p className="text-tiny text-warn">{w.tickOne}</p>}
      {datatypes.length > 8 && (
        <Input
          type="search"
          aria-label={w.find}
          placeholder={w.find}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      <ul className="min-h-0 flex-1 overflow-auto">
        {found.map(({ name, label, isOn, parent, operations }) => (
          <li
            key={name}
            className={classes(
              'flex items-center gap-2 rounded-md px-1.5',
              name === shown ? 'bg-accent-soft' : 'hover:bg-hover',
            )}
          >
            <input
              type="checkbox"
              className="size-3.5 accent-accent"
              aria-label={name}
              checked={isOn}
              disabled={operations.list === undefined}
              onChange={({ target }) => {
                changeDesignedDatatype(name, { isOn: target.checked })
                if (target.checked) useDesign.setState({ datatype: name })
              }}
            />
            <button
              type="button"
              aria-current={name === shown ? 'true' : undefined}
              className="min-w-0 flex-1 py-1 text-left -outline-offset-2"
              onClick={() => useDesign.setState({ datatype: name })}
            >
              <span className="mono block truncate">{name}</span>
              <span className="block truncate text-tiny text-ink-soft">
                {[label, parent === null ? null : w.within(parent), operations.list === undefined ? w.noList : null]
                  .filter((each) => each !== null)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
