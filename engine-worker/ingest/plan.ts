/**
 * The pipes that are made of data files: one that reads and converts each file, one that merges files about the same
 * things, and one that joins what refers to them. They are plain Sesam configuration; what is said of files here ends here.
 */
import { fileSystem, rulesTransform, sourceOfDataset } from '../config/model/syntax.ts'
import { addStep, copyStep, equalityCall, fillConversion, joinCall, listCall, textCall } from '../dtl/syntax.ts'
import { segmentText } from '../dtl/tree/path.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import type { FileKind } from './format.ts'
import { notationOf } from './formats/rdf.ts'
import { keyForms } from './key-forms.ts'
import { conversion } from './recognise.ts'
import type { TextForm } from './table.ts'

/** A conversion that was chosen for a column. */
interface ChosenConversion {
  readonly column: string
  readonly dtl: Json
  readonly readsAll: boolean
}

/** A file, and what was decided about it. */
export interface PlannedFile {
  readonly id: string
  /** The name of the file. */
  readonly name: string
  readonly kind: FileKind
  readonly form: TextForm | null
  /** The `_id` of its pipe. */
  readonly pipe: string
  /** Where the file is; null for a file of this machine. */
  readonly url: string | null
  /** The columns that name a row; the name of one that is added where none does. */
  readonly key: readonly string[]
  /** Names of all columns. */
  readonly columns: readonly string[]
  readonly conversions: readonly ChosenConversion[]
  /** Keep empty fields as empty texts. */
  readonly keepEmpty: boolean
}

/** A relation that was chosen. */
export interface PlannedRelation {
  readonly how: 'merge' | 'join'
  readonly one: { readonly file: string; readonly column: string }
  readonly many: { readonly file: string; readonly column: string }
  readonly form: number
}

/** What is to be made. */
interface FilePlan {
  readonly files: readonly PlannedFile[]
  readonly relations: readonly PlannedRelation[]
  /** Whether property names of the project have namespaces. */
  readonly namespaced: boolean
  /** `_id`s that are taken. */
  readonly taken: readonly string[]
}

/** The `_id` of the system of files that lie on this machine. */
const localFiles = 'files'

/** The components, systems first; the pipe that all lead to last. */
export function plannedComponents(plan: FilePlan): readonly JsonObject[] {
  const builder = new PlanBuilder(plan)
  return builder.components()
}

class PlanBuilder {
  private readonly taken: Set<string>
  private readonly byId: ReadonlyMap<string, PlannedFile>

  constructor(private readonly plan: FilePlan) {
    this.taken = new Set([...plan.taken, ...plan.files.map(({ pipe }) => pipe)])
    this.byId = new Map(plan.files.map((file) => [file.id, file]))
  }

  components(): readonly JsonObject[] {
    const groups = this.groups()
    return [
      ...this.systemComponents(),
      ...this.plan.files.map((file) => this.filePipe(file)),
      ...groups.flatMap((members) => this.groupPipes(members)),
    ]
  }

  private systemComponents(): readonly JsonObject[] {
    const local = this.plan.files.some(({ url }) => url === null) && !this.taken.has(localFiles)
    const origins = new Set(this.plan.files.flatMap(({ url }) => (url === null ? [] : [originOf(url)])))
    return [
      ...(local ? [{ _id: localFiles, ...fileSystem }] : []),
      ...[...origins]
        .filter((origin) => !this.taken.has(systemOf(origin)))
        .map((origin) => ({ _id: systemOf(origin), type: 'system:url', url_pattern: `${origin}/%s` })),
    ]
  }

  private filePipe(file: PlannedFile): JsonObject {
    const steps = file.conversions.map(({ column, dtl, readsAll }) =>
      addStep(column, conversion(dtl, this.pathOfColumn('_S', file, column), readsAll)),
    )
    return {
      _id: file.pipe,
      type: 'pipe',
      source: sourceOf(file),
      ...(steps.length === 0 ? {} : { transform: rulesTransform({ default: [copyStep(), ...steps] }) }),
    }
  }

  /** Files that are merged with each other, and those that others refer to. */
  private groups(): readonly (readonly PlannedFile[])[] {
    const groupOf = new Map(this.plan.files.map((file) => [file.id, [file]]))
    for (const { how, one, many } of this.plan.relations) {
      const [left, right] = [groupOf.get(one.file), groupOf.get(many.file)]
      if (how !== 'merge' || !left || !right || left === right) continue
      left.push(...right)
      for (const file of right) groupOf.set(file.id, left)
    }
    return [...new Set(groupOf.values())]
  }

  private groupPipes(members: readonly PlannedFile[]): readonly JsonObject[] {
    const ids = new Set(members.map(({ id }) => id))
    const within = this.plan.relations.filter(
      ({ how, one, many }) => how === 'merge' && ids.has(one.file) && ids.has(many.file),
    )
    const joins = this.plan.relations.filter(({ how, one }) => how === 'join' && ids.has(one.file))
    const [first] = members
    if (!first || (within.length === 0 && joins.length === 0)) return []
    // A file that refers to several of the merged ones is joined once, by any of them.
    const others = [...new Set(joins.map(({ many }) => JSON.stringify(many)))]
    const steps = others
      .map((other) => this.joinStep(joins.filter(({ many }) => JSON.stringify(many) === other)))
      .filter((step) => step !== null)
    const transform: JsonObject =
      steps.length === 0 ? {} : { transform: rulesTransform({ default: [copyStep(), ...steps] }) }
    if (within.length === 0) {
      const others = joins.flatMap(({ many }) => this.byId.get(many.file)?.pipe ?? [])
      const id = this.unusedName(`${first.pipe}-${others.join('-')}`)
      return [{ _id: id, type: 'pipe', source: sourceOfDataset(first.pipe), ...transform }]
    }
    const aliases = aliasesOf(members)
    const joinSide = ({ file, column }: PlannedRelation['one'], form: number) => {
      const member = this.byId.get(file)
      return this.keyExpression(aliases.get(file) ?? '_S', member, column, form)
    }
    return [
      {
        _id: this.unusedName(`global-${first.pipe}`),
        type: 'pipe',
        source: {
          type: 'merge',
          datasets: members.map(({ id, pipe }) => `${pipe} ${aliases.get(id) ?? ''}`),
          equality: within.map(({ one, many, form }) => equalityCall(joinSide(one, form), joinSide(many, form))),
          identity: 'first',
          version: 2,
        },
        ...transform,
        metadata: { global: true },
      },
    ]
  }

  private joinStep(joins: readonly PlannedRelation[]): Json | null {
    const [first] = joins
    const other = first && this.byId.get(first.many.file)
    if (!first || !other) return null
    const form = Math.max(...joins.map((join) => join.form))
    const alias = aliasesOf([other]).get(other.id) ?? 'o'
    const own = joins.map(({ one }) => this.textPath('_S', this.byId.get(one.file), one.column, form))
    const [only = null] = own
    const where = equalityCall(
      fillConversion(keyForms[form] ?? '_.', own.length === 1 ? only : listCall(own)),
      this.keyExpression(alias, other, first.many.column, form),
    )
    return addStep(other.pipe, joinCall([`${other.pipe} ${alias}`], [where]))
  }

  /** A side of a comparison, in the form that makes both meet. */
  private keyExpression(variable: string, file: PlannedFile | undefined, column: string, form: number): Json {
    return fillConversion(keyForms[form] ?? '_.', this.textPath(variable, file, column, form))
  }

  /** A column by its path; a value that was converted is a text again where texts are compared. */
  private textPath(variable: string, file: PlannedFile | undefined, column: string, form: number): Json {
    const path = this.pathOfColumn(variable, file, column)
    const isConverted = file?.conversions.some((each) => each.column === column) ?? false
    return isConverted && form > 0 ? textCall(path) : path
  }

  private pathOfColumn(variable: string, file: PlannedFile | undefined, column: string): string {
    // The pipe of a file makes properties of its own namespace, which other pipes have to name.
    const isForeign = this.plan.namespaced && file !== undefined && variable !== '_S'
    return `${variable}.${isForeign ? `${file.pipe}:` : ''}${segmentText(column)}`
  }

  private unusedName(wish: string): string {
    let free = wish
    for (let number = 2; this.taken.has(free); number++) free = `${wish}-${number}`
    this.taken.add(free)
    return free
  }
}

function sourceOf({ kind, name, form, url, key, columns, keepEmpty }: PlannedFile): JsonObject {
  const where = url === null ? { system: localFiles, url: name } : { system: systemOf(originOf(url)), url: pathOf(url) }
  const [only] = key
  if (kind === 'rdf') return { type: 'rdf', ...where, format: notationOf(name) }
  if (kind !== 'csv' || !form) return { type: 'json', ...where, url: where.url.replace(/\.\w+$/, '.json') }
  return {
    type: 'csv',
    ...where,
    has_header: form.header,
    ...(form.named ? {} : { field_names: [...columns] }),
    primary_key: key.length === 1 && only !== undefined ? only : [...key],
    ...(form.delimiter === ',' ? {} : { delimiter: form.delimiter }),
    ...(form.encoding === 'utf-8' ? {} : { encoding: form.encoding }),
    ...(keepEmpty ? { preserve_empty_strings: true } : {}),
  }
}

/** A short name for each dataset: its first letter, with a number where two begin alike. */
function aliasesOf(files: readonly PlannedFile[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    files.map(({ id, pipe }) => {
      const letter = /[a-z]/i.exec(pipe)?.[0]?.toLowerCase() ?? 'd'
      let alias = letter
      for (let number = 2; taken.has(alias); number++) alias = `${letter}${number}`
      taken.add(alias)
      return [id, alias]
    }),
  )
}

function originOf(url: string): string {
  return new URL(url).origin
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname.slice(1)}${search}`
}

function systemOf(origin: string): string {
  return new URL(origin).hostname.replace(/[^a-z0-9]+/gi, '-')
}
