import type { AuditCheck } from '../../core/audit/findings'
import type { Context } from '../context'

/** A bundle that fails is an error in the log when it begins to, a warning each time it is found so again. */
export function tellFailure(
  { log }: Pick<Context, 'log'>,
  found: {
    readonly proposal: string
    readonly checks: readonly AuditCheck<string>[]
    readonly wasOk: boolean
  },
): void {
  const { proposal, checks, wasOk } = found
  const failed = checks.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return
  const details = failed.map(({ id, detail, offender }) => ({ check: id, detail, offender }))
  log[wasOk ? 'error' : 'warn'](
    { event: 'bundle.failed', proposal, failed: details },
    'A closed proposal does not verify: its record was changed, or was never right.',
  )
}
