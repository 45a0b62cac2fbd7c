/** A day that a person must not miss: an invoice is due, or a term of the agreement ends. */
export interface ReminderDay {
  readonly kind: 'invoice' | 'minimum-term' | 'notice' | 'fixed-data'
  readonly environment: string
  /** `yyyy-mm-dd`. */
  readonly day: string
  /** The number of the invoice; empty for the others. */
  readonly number: string
}

/** What rules of the project as a whole are tested against. */
export interface ProjectStatus {
  /** The days that are said by now, the earliest first. */
  readonly days: readonly ReminderDay[]
}
