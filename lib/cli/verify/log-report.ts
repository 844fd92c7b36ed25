import type { AuditCheck } from '../../core/audit/findings'

/** Every check of a log, in the order of a report, and its title. */
export const logChecks = {
  operator: 'The log is the one that was expected',
  checkpoint: 'The log’s own key signed its state',
  history: 'The log has kept to what it showed before',
  witnesses: 'Others saw the same log',
  tiles: 'Every tile leads to the root that the log signed',
  entries: 'Every entry is the one that the tree holds',
  messages: 'What the entries stand for can be read',
  order: 'Messages are in the order in which they were accepted',
  receipts: 'Every receipt handed in was honoured',
} as const

export type LogCheckId = keyof typeof logChecks

/** What a reading of a log came to. */
export interface LogReport {
  /** Whether no check failed. */
  readonly ok: boolean
  readonly checks: readonly AuditCheck<LogCheckId>[]
  /** The state that was read; null if the log did not sign one. */
  readonly subject: {
    readonly url: string
    readonly origin: string
    /** Verifier key. */
    readonly key: string
    readonly size: number
    /** Base64, as in the checkpoint. */
    readonly root: string
    /** Entries that were read; those before them were read in an earlier run. */
    readonly read: number
  } | null
}
