import { formatPart, isObject, type Json, type JsonObject, type Microservice } from '../../../engine-worker/index.ts'
import { JsonText } from '../../data/JsonText.tsx'
import { useConnectWords } from './connect-words.ts'

interface MicroserviceEntitiesProps {
  readonly service: Microservice
  /** The components that would be added. */
  readonly made: readonly JsonObject[]
}

/** The entities that a microservice takes and gives, with an example of each, and the configuration that it becomes. */
export function MicroserviceEntities({ service, made }: MicroserviceEntitiesProps) {
  const w = useConnectWords()
  const entities = Object.entries(service.manifest.entities ?? {})
  return (
    <>
      {entities.length > 0 && (
        <section aria-label={w.microservice.entities} className="rounded-lg border border-line bg-surface p-3">
          <h2 className="mb-2 text-title">{w.microservice.entities}</h2>
          <div className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
            {entities.map(([name, schema]) => (
              <EntitySchema key={name} name={name} schema={schema} />
            ))}
          </div>
        </section>
      )}
      <section aria-label={w.preview} className="rounded-lg border border-line bg-surface p-3">
        <h2 className="mb-2 text-title">{w.preview}</h2>
        {made.map((config) => (
          <JsonText key={String(config._id)} label={String(config._id)} text={formatPart(config)} />
        ))}
      </section>
    </>
  )
}

function EntitySchema({ name, schema }: { readonly name: string; readonly schema: Json }) {
  const w = useConnectWords()
  const schemaPart = (key: string): Json =>
    isObject(schema) && Object.hasOwn(schema, key) ? (schema[key] ?? null) : null
  const [properties, required, examples] = [schemaPart('properties'), schemaPart('required'), schemaPart('examples')]
  const [example] = Array.isArray(examples) ? examples : []
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-semibold">
        <code>{name}</code>
      </h3>
      <table className="w-full text-left">
        <tbody>
          {Object.entries(isObject(properties) ? properties : {}).map(([property, described]) => (
            <tr key={property} className="border-b border-line last:border-b-0">
              <td className="py-0.5 pr-3">
                <code>{property}</code>
              </td>
              <td className="py-0.5 text-tiny text-ink-soft">
                {isObject(described) ? [described.type, described.description].filter(isText).join(' · ') : ''}
                {Array.isArray(required) && required.includes(property) && (
                  <span className="ml-2 text-warn">{w.microservice.required}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {example !== undefined && (
        <div className="mt-2">
          <JsonText label={w.microservice.example(name)} text={formatPart(example)} />
        </div>
      )}
    </div>
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
