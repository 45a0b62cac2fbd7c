/**
 * What a pipe is about to send to a target that is not idempotent: stored before it is sent, and again when it is
 * answered. After a kill the next run does not send entities that were answered, and reports those whose outcome is
 * unknown before it sends them again (features/durable-data.rst).
 */
import { get } from '../../entity/dict.ts'
import { contentHash } from '../../entity/hash.ts'
import { type Entity, isObject, type Json } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { StateWrite } from '../../storage/store.ts'
import { pumpEvent } from '../log.ts'
import { intentsOf } from '../state.ts'

/** `said`: a run has said that it is in doubt, so that the next one may send it again. */
type IntentState = 'sending' | 'answered' | 'said'

const sendInDoubt = problem<{ id: string }>({
  code: 'send-in-doubt',
  severity: 'error',
  says: ({ id }) =>
    `${id} was being sent when the process ended, and its answer is not known: it may have arrived. It was not sent again.`,
  fix: () =>
    'Check the target. The next run sends it again; if it has arrived, first set the position of the pipe after it.',
})

/** The intents of one pipe in one run. */
export class SendIntents {
  /** Those of runs before this one, by the entity that was to be sent. */
  private readonly earlierIntents = new Map<string, { readonly key: string; readonly state: IntentState }>()
  private readonly intentKeys = new Set<string>()
  /** Answered, which the store does not know yet. */
  private unsavedAnswer: { readonly key: string; readonly entities: Json } | null = null
  private currentIntent: { readonly key: string; readonly entities: Json } | null = null
  private nextNumber = 1
  private isLoaded = false

  constructor(
    private readonly pipe: string,
    private readonly store: IndexedStore,
  ) {}

  /** Reads what earlier runs have left. */
  async load(): Promise<void> {
    if (this.isLoaded) return
    this.isLoaded = true
    const prefix = intentsOf(this.pipe)
    for await (const { key, value } of this.store.store.states(prefix)) {
      if (value instanceof Uint8Array || !isObject(value)) continue
      const state = get(value, 'state')
      const entities = get(value, 'entities')
      this.intentKeys.add(key)
      this.nextNumber = Math.max(this.nextNumber, Number(key.slice(prefix.length)) + 1)
      if ((state !== 'sending' && state !== 'answered' && state !== 'said') || !Array.isArray(entities)) continue
      for (const name of entities) this.earlierIntents.set(String(name), { key, state })
    }
  }

  /** What an earlier run has done with an entity: null where it was not about to send it, or may send it again. */
  earlier(entity: Entity): 'answered' | 'in doubt' | null {
    const state = this.earlierIntents.get(entityKey(entity))?.state
    return state === 'answered' ? 'answered' : state === 'sending' ? 'in doubt' : null
  }

  /** Says that entities are in doubt, in the execution log too, in one commit with that it was said. */
  async say(entities: readonly Entity[], now: bigint): Promise<readonly Problem[]> {
    const ids = entities.map(({ _id }) => String(_id))
    const reportedKeys = new Set(entities.map((entity) => this.earlierIntents.get(entityKey(entity))?.key))
    const states: StateWrite[] = []
    for (const key of reportedKeys) {
      if (key === undefined) continue
      const names = [...this.earlierIntents].filter(([, one]) => one.key === key).map(([name]) => name)
      for (const name of names) this.earlierIntents.set(name, { key, state: 'said' })
      states.push({ key, value: { state: 'said', entities: names } })
    }
    const problems = ids.map((id) => sendInDoubt({ id }, { pipe: this.pipe, entity: id }))
    const more = { entities: ids, original_error_message: problems[0]?.message ?? '' }
    await this.store.commit({ states, datasets: [pumpEvent(this.pipe, 'send-in-doubt', now, more)] })
    return problems
  }

  /** Writes down that entities are about to be sent. */
  async begin(entities: readonly Entity[]): Promise<void> {
    const key = `${intentsOf(this.pipe)}${String(this.nextNumber++).padStart(9, '0')}`
    this.currentIntent = { key, entities: entities.map(entityKey) }
    this.intentKeys.add(key)
    const states: StateWrite[] = [{ key, value: { state: 'sending', entities: this.currentIntent.entities } }]
    const { unsavedAnswer: answeredNow } = this
    if (answeredNow) states.push({ key: answeredNow.key, value: { state: 'answered', entities: answeredNow.entities } })
    this.unsavedAnswer = null
    await this.store.commit({ states })
  }

  /** They were answered; it is written down with what is written next. */
  answered(): void {
    this.unsavedAnswer = this.currentIntent
    this.currentIntent = null
  }

  /** They were refused, or the failure is reported: their outcome is known. */
  async refused(): Promise<void> {
    const { currentIntent: current } = this
    this.currentIntent = null
    if (current) await this.store.commit({ states: [{ key: current.key, value: null }] })
  }

  /** What has to be known by the next run, for a commit that leaves the position where it is. */
  keep(): StateWrite[] {
    const { unsavedAnswer: answeredNow } = this
    this.unsavedAnswer = null
    return answeredNow === null
      ? []
      : [{ key: answeredNow.key, value: { state: 'answered', entities: answeredNow.entities } }]
  }

  /** Forgets all of them, for the commit that makes what was sent part of the pipe's position. */
  clear(): StateWrite[] {
    const states = [...this.intentKeys].map((key): StateWrite => ({ key, value: null }))
    this.intentKeys.clear()
    this.earlierIntents.clear()
    this.unsavedAnswer = null
    return states
  }
}

/** The identity of what is sent: another version of an entity is something else. */
function entityKey(entity: Entity): string {
  return `${contentHash(entity)}${entity._deleted === true ? 'd' : ''} ${String(entity._id)}`
}
