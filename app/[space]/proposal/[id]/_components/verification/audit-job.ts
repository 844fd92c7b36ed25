import type {
  AuditProgress,
  AuditQuestion,
  auditPublished,
} from '../../../../../../lib/client/audit-published'

/** What the page asks its worker to do. */
export interface AuditJob {
  readonly url: string
  readonly question: AuditQuestion
}

export type AuditAnswer = Awaited<ReturnType<typeof auditPublished>>

/** What the worker tells the page: progress, then one of the others. */
export type AuditNews =
  | { readonly kind: 'progress'; readonly progress: AuditProgress }
  | { readonly kind: 'done'; readonly answer: AuditAnswer; readonly ms: number }
  | { readonly kind: 'failed'; readonly why: string }
