/**
 * A kind with its behaviour: what it declares (define.ts) and how it is opened stand together in one file, and that file
 * is all that a kind needs besides its line in `kinds.ts`.
 */
import { declaredKind, declareKind, withdrawKind } from '../config/model/declared.ts'
import type { KindDeclaration } from '../config/model/define.ts'
import type { ConfigExample, SinkExample, SourceExample, TransformExample } from '../config/model/kind-example.ts'
import { commonFields } from '../config/model/shared-fields.ts'
import type { OpenSink, OpenSource, OpenTransform } from './open-context.ts'

/** A source. One without `open` is read from datasets (`readsDatasets`) or resolved before anything runs. */
interface SourceKind extends KindDeclaration {
  readonly role: 'source'
  readonly example: SourceExample
  readonly open?: OpenSource
}

/** A transform. One without `open` is resolved before anything runs. */
interface TransformKind extends KindDeclaration {
  readonly role: 'transform'
  readonly example: TransformExample
  readonly open?: OpenTransform
}

/** A sink. One without `open` writes a dataset (`writesDataset`) or is resolved before anything runs. */
interface SinkKind extends KindDeclaration {
  readonly role: 'sink'
  readonly example: SinkExample
  readonly open?: OpenSink
}

/** A system, a pump, the pipe itself or the node metadata: fields only. */
interface PlainKind extends KindDeclaration {
  readonly role: 'system' | 'pump' | 'pipe' | 'metadata'
  readonly example: ConfigExample
}

export type ConnectorKind = SourceKind | TransformKind | SinkKind | PlainKind

/** Declares a kind; the value is the declaration itself, typed. */
export function kind<const K extends ConnectorKind>(declaration: K): K {
  return declaration
}

const sourceOpeners = new Map<string, OpenSource>()
const transformOpeners = new Map<string, OpenTransform>()
const sinkOpeners = new Map<string, OpenSink>()

/** Makes a kind known, also while the engine runs. What is given back makes it unknown again. */
export function registerKind(kind: ConnectorKind): () => void {
  if (kind.role === 'source') return registerOpener(kind, sourceOpeners, kind.open)
  if (kind.role === 'transform') return registerOpener(kind, transformOpeners, kind.open)
  if (kind.role === 'sink') return registerOpener(kind, sinkOpeners, kind.open)
  return registerOpener(kind, new Map(), undefined)
}

function registerOpener<T>(kind: ConnectorKind, openers: Map<string, T>, open: T | undefined): () => void {
  const { role, type } = kind
  openers.delete(type)
  if (open) openers.set(type, open)
  declareKind(declarationData(kind))
  return () => {
    openers.delete(type)
    withdrawKind(role, type)
  }
}

/** What of a kind can cross to the page, with the properties that every kind of its role has. */
function declarationData(kind: ConnectorKind): KindDeclaration {
  const own = new Set(kind.fields.map(({ name }) => name))
  const common = (commonFields[kind.role] ?? []).filter(({ name }) => !own.has(name))
  const data = { ...kind, fields: [...kind.fields, ...common] }
  if ('open' in data) delete data.open
  return data
}

/** What opens a source of this type; undefined for types read from datasets and for unknown ones. */
export function openSource(type: string): OpenSource | undefined {
  return sourceOpeners.get(declaredKind('source', type)?.type ?? type)
}

/** What opens a transform of this type. */
export function openTransform(type: string): OpenTransform | undefined {
  return transformOpeners.get(declaredKind('transform', type)?.type ?? type)
}

/** What opens a sink of this type; undefined for datasets and unknown ones. */
export function openSink(type: string): OpenSink | undefined {
  return sinkOpeners.get(declaredKind('sink', type)?.type ?? type)
}
