import type { JsonObject } from '../../../../engine-worker/index.ts'
import { Checkbox, FormField, Input, Select } from '../../../ui/Field.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { changeDesignedDatatype, type DesignedDatatype } from './design.ts'
import { StudioParameters } from './StudioParameters.tsx'
import { useStudioWords } from './studio-words.ts'

type Verb = keyof DesignedDatatype['operations']

const verbs: readonly Verb[] = ['list', 'lookup', 'insert', 'update', 'delete']
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** What the connector does with a datatype: its operations, each to be switched off or changed, its key and its paging. */
export function StudioOperations({ datatype }: { readonly datatype: DesignedDatatype }) {
  const w = useStudioWords()
  const { name, operations } = datatype
  const changeDatatype = (more: Partial<DesignedDatatype>) => changeDesignedDatatype(name, more)
  const setOperation = (verb: Verb, more: Partial<NonNullable<DesignedDatatype['operations'][Verb]>>) => {
    const operation = operations[verb]
    if (operation !== undefined) changeDatatype({ operations: { ...operations, [verb]: { ...operation, ...more } } })
  }
  const isOn = (verb: Verb) => operations[verb]?.isOn === true
  const canWrite = datatype.parent === null && isOn('lookup') && (isOn('insert') || isOn('update'))
  const list = operations.list
  return (
    <section aria-label={w.operations} className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-3">
      <h3 className="text-title">
        {w.operations} <code className="text-tiny text-ink-soft">{name}</code>
      </h3>
      {verbs.map((verb) => {
        const operation = operations[verb]
        if (operation === undefined) return null
        const verbLabel = w.verbs[verb]
        const { config } = operation
        const methodOf = String(config.method)
        return (
          <div key={verb} className="flex flex-wrap items-center gap-2">
            <Switch
              label={w.use(verbLabel)}
              checked={operation.isOn}
              onChange={(on) => setOperation(verb, { isOn: on })}
            />
            <span className="w-16 font-medium" title={w.from(operation.from)}>
              {verbLabel}
            </span>
            <Select
              aria-label={w.method(verbLabel)}
              className="!w-26"
              value={methodOf}
              disabled={!operation.isOn}
              onChange={({ target }) => setOperation(verb, { config: { ...config, method: target.value } })}
            >
              {methods.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
            <Input
              mono
              className="!w-auto min-w-32 flex-1"
              aria-label={w.url(verbLabel)}
              value={String(config.url)}
              disabled={!operation.isOn}
              onChange={({ target }) => setOperation(verb, { config: { ...config, url: target.value } })}
            />
          </div>
        )
      })}
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <Choice label={w.key} help={w.keyHint} value={datatype.key} onChange={(key) => changeDatatype({ key })}>
          {datatype.keys.map((key) => ({ id: key, label: key }))}
        </Choice>
        <Choice
          label={w.paging}
          value={datatype.paging}
          onChange={(id) => {
            const paging = keysOf(datatype.pagings).find((each) => each === id)
            if (paging !== undefined) changeDatatype({ paging })
          }}
        >
          {keysOf(datatype.pagings).map((id) => ({ id, label: w.pagings[id] }))}
        </Choice>
        <Choice
          label={w.since}
          value={datatype.since ?? ''}
          onChange={(id) => changeDatatype({ since: id === '' ? null : id })}
        >
          {[{ id: '', label: w.everything }, ...datatype.sinceParameters.map((id) => ({ id, label: id }))]}
        </Choice>
        <Choice
          label={w.changed}
          value={datatype.changed ?? ''}
          onChange={(id) => changeDatatype({ changed: id === '' ? null : id })}
        >
          {[{ id: '', label: w.unknown }, ...datatype.changeProperties.map(({ property: id }) => ({ id, label: id }))]}
        </Choice>
        {list !== undefined && (
          <FormField label={w.listIn} help={w.listHint}>
            {(ids) => (
              <Input
                mono
                {...ids}
                value={String(list.config.payload_property ?? '')}
                onChange={({ target }) => {
                  const others = Object.entries(list.config).filter(([property]) => property !== 'payload_property')
                  const named = target.value === '' ? [] : [['payload_property', target.value] as const]
                  setOperation('list', { config: Object.fromEntries([...others, ...named]) })
                }}
              />
            )}
          </FormField>
        )}
        {(operations.insert ?? operations.update) !== undefined && (
          <FormField label={w.wrapper} help={w.wrapperHint}>
            {(ids) => (
              <Input
                mono
                {...ids}
                value={datatype.wrapper ?? ''}
                onChange={({ target }) => changeDatatype({ wrapper: target.value === '' ? null : target.value })}
              />
            )}
          </FormField>
        )}
      </div>
      {list !== undefined && (
        <StudioParameters
          params={list.config.params}
          names={datatype.filters}
          onChange={(params) => setOperation('list', { config: withParams(list.config, params) })}
        />
      )}
      <div>
        <Checkbox
          label={w.writes}
          checked={datatype.writes && canWrite}
          disabled={!canWrite}
          onChange={({ target }) => changeDatatype({ writes: target.checked })}
        />
        {!canWrite && <p className="text-tiny text-ink-faint">{w.cannotWrite}</p>}
      </div>
    </section>
  )
}

function keysOf(pagings: DesignedDatatype['pagings']): readonly DesignedDatatype['paging'][] {
  const names = ['none', 'next-link', 'link-header', 'cursor', 'last-key', 'page', 'offset'] as const
  return names.filter((name) => pagings[name] !== undefined)
}

function withParams(config: JsonObject, params: JsonObject): JsonObject {
  const { params: _, ...others } = config
  return Object.keys(params).length === 0 ? others : { ...others, params }
}

interface ChoiceProps {
  readonly label: string
  readonly help?: string
  readonly value: string
  readonly onChange: (id: string) => void
  readonly children: readonly { readonly id: string; readonly label: string }[]
}

function Choice({ label, help, value, onChange, children }: ChoiceProps) {
  return (
    <FormField label={label} {...(help === undefined ? {} : { help })}>
      {(ids) => (
        <Select {...ids} value={value} onChange={({ target }) => onChange(target.value)}>
          {children.map(({ id, label: said }) => (
            <option key={id} value={id}>
              {said}
            </option>
          ))}
        </Select>
      )}
    </FormField>
  )
}
