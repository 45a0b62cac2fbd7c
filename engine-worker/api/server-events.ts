/** What a server tells everybody who works with one of its configurations, as server-sent events of JSON texts. */
import type { Notification } from '../run/notifications/notification.ts'
import type { RunEvent, RunResult } from '../run/progress.ts'

/** The version of the calls between page and server; a page asks no server of another one. */
export const serverProtocol = 1

/** What a server is, and what its configuration is, as a page learns it when it connects. */
export interface ServerInfo {
  readonly product: 'pipewright'
  readonly protocol: number
  readonly version: string
  /** The configuration's name; '' where the server has only one. */
  readonly configuration: string
  readonly user: string
  readonly roles: readonly string[]
  /** Another text for each start of the server: what it held in memory is gone when it changes. */
  readonly start: string
  /** Goes up with each change of the configuration; 0 before the first one. */
  readonly revision: number
  readonly pipes: number
  readonly engines: number
}

/** One piece of news. */
export type ServerEvent =
  | { readonly is: 'hello'; readonly start: string; readonly revision: number }
  /** The configuration was changed: by a person in a page (`user`), or through the node's API (null). */
  | {
      readonly is: 'configuration'
      readonly revision: number
      readonly user: string | null
      /** The page that did it, where one did. */
      readonly page: string | null
    }
  | { readonly is: 'progress'; readonly event: RunEvent }
  | { readonly is: 'ended'; readonly result: RunResult; readonly started: number }
  /** A notification for the desktop. */
  | { readonly is: 'notification'; readonly notification: Notification }
  /** Datasets were changed otherwise than by a run: data was supplied, or datasets were emptied. */
  | { readonly is: 'data' }
