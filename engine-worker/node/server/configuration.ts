/**
 * The configuration of an instance: components by file, each in a config group, kept in the states of the store together
 * with a history of every component (features/api-config-groups.rst).
 */
import { get } from '../../entity/dict.ts'
import { printJson, readJson } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Commit, DatasetStore, StateWrite } from '../../storage/store.ts'
import { formatComponent } from '../../text/format.ts'

/** The group of components that name none. */
export const DEFAULT_GROUP = 'default'
/** Versions of components, by `_id`; their text is in `config`. */
export const historyDataset = 'system:config-history'
const KEY_PREFIX = 'server/config/'

/** A pipe, a system or the node metadata. */
export interface ConfigItem {
  readonly id: string
  readonly path: string
  readonly group: string
  readonly config: JsonObject
  /** As it was uploaded where that was one object, otherwise formatted. */
  readonly text: string
  /** The user who put it there first, or null. */
  readonly madeBy: string | null
}

/** A component as it is posted: its value, and its text where that came alone. */
export interface PostedItem {
  readonly json: Json
  readonly text: string | null
}

/** All components of an instance; a value, which changes make anew. */
export class NodeConfiguration {
  private constructor(private readonly byPath: ReadonlyMap<string, ConfigItem>) {}

  static readonly empty = new NodeConfiguration(new Map())

  static async load(store: DatasetStore): Promise<NodeConfiguration> {
    const items = new Map<string, ConfigItem>()
    for await (const { key, value } of store.states(KEY_PREFIX)) {
      const item = value instanceof Uint8Array ? null : storedItem(key.slice(KEY_PREFIX.length), value)
      if (item) items.set(item.path, item)
    }
    return new NodeConfiguration(items)
  }

  get items(): readonly ConfigItem[] {
    return [...this.byPath.values()]
  }

  pipe(id: string): ConfigItem | null {
    return this.byPath.get(pathOf('pipes', id)) ?? null
  }

  system(id: string): ConfigItem | null {
    return this.byPath.get(pathOf('systems', id)) ?? null
  }

  get metadata(): ConfigItem | null {
    return this.byPath.get(METADATA_FILE) ?? null
  }

  /** The components of a group; null: all. */
  ofGroup(group: string | null): readonly ConfigItem[] {
    return this.items.filter((item) => group === null || item.group === group)
  }

  /** The texts by path, as a project has them. */
  files(): Record<string, string> {
    return Object.fromEntries(this.items.map(({ path, text }) => [path, text]))
  }

  with(items: readonly ConfigItem[]): NodeConfiguration {
    const next = new Map(this.byPath)
    for (const item of items) {
      const madeBy = this.byPath.get(item.path)?.madeBy ?? item.madeBy
      next.set(item.path, { ...item, madeBy })
    }
    return new NodeConfiguration(next)
  }

  without(paths: ReadonlySet<string>): NodeConfiguration {
    return new NodeConfiguration(new Map([...this.byPath].filter(([path]) => !paths.has(path))))
  }

  /** What has to be written when this configuration takes the place of another one. */
  changesFrom(before: NodeConfiguration): Commit {
    const states: StateWrite[] = []
    const versions: { [key: string]: string | boolean }[] = []
    for (const item of this.items) {
      const old = before.byPath.get(item.path)
      if (old?.text === item.text && old.group === item.group) continue
      const { group, text, madeBy } = item
      states.push({ key: KEY_PREFIX + item.path, value: { group, text, madeBy } })
      if (old?.text !== item.text) versions.push({ _id: item.id, config: text })
    }
    for (const { path, id, text } of before.items) {
      if (this.byPath.has(path)) continue
      states.push({ key: KEY_PREFIX + path, value: null })
      versions.push({ _id: id, config: text, _deleted: true })
    }
    return versions.length === 0
      ? { states }
      : { states, datasets: [{ dataset: historyDataset, entities: versions, populated: true }] }
  }
}

const METADATA_FILE = 'node-metadata.conf.json'

function storedItem(path: string, kept: Json): ConfigItem | null {
  if (!isObject(kept)) return null
  const [group, text, madeBy] = [get(kept, 'group'), get(kept, 'text'), get(kept, 'madeBy')]
  if (typeof group !== 'string' || typeof text !== 'string') return null
  const config = readJson(text)
  const id = isObject(config) ? get(config, '_id') : undefined
  if (!isObject(config) || typeof id !== 'string') return null
  return { id, path, group, config, text, madeBy: typeof madeBy === 'string' ? madeBy : null }
}

/** The file of a component, which no name of a component leads out of its folder. */
function pathOf(folder: string, id: string): string {
  const name = id.replace(/[%/\\\p{Cc}]|^\./gu, (sign) => encodeURIComponent(sign).replace('.', '%2E'))
  return `${folder}/${name}.conf.json`
}

/**
 * The component of a posted value, or why it is not one. `group`: the config group that it goes to; null: the one that
 * it names.
 */
export function itemOf({ json, text }: PostedItem, group: string | null, madeBy: string | null): ConfigItem | string {
  if (!isObject(json)) return 'A component must be a JSON object.'
  const [id, type] = [get(json, '_id'), get(json, 'type')]
  if (typeof id !== 'string' || id === '') return 'The component has no _id, or one that is not a text.'
  if (typeof type !== 'string') return 'The component has no type.'
  const folder = type === 'pipe' ? 'pipes' : type.startsWith('system:') ? 'systems' : null
  if (folder === null && type !== 'metadata')
    return `The type ${type} is neither that of a pipe, a system nor of metadata.`
  return {
    id,
    path: folder === null ? METADATA_FILE : pathOf(folder, id),
    group: group ?? ownGroup(json),
    config: json,
    text: text ?? formatComponent(json),
    madeBy,
  }
}

/** The group that a component names itself. */
export function ownGroup(config: JsonObject): string {
  const metadata = get(config, 'metadata')
  const named = isObject(metadata) ? get(metadata, '$config-group') : undefined
  return typeof named === 'string' && named !== '' ? named : DEFAULT_GROUP
}

/** The texts of a history as the components that they were, with what the store adds. */
export function historyEntry(version: { readonly [key: string]: unknown }): string {
  const config = readJson(String(version.config))
  const { _updated, _deleted, _ts, _previous } = version
  const stamps = JSON.stringify({ _updated, _deleted, _previous, _ts }).slice(1, -1)
  return `${printJson(config).replace(/\}\s*$/, '')},${stamps}}`
}
