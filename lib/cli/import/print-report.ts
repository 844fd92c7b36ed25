import type { ImportReport } from '../../services/import/import-report'
import { printable } from '../verify/printable'

/** Writes what an import came to: what differs, what was left out, what could not be checked, and a last line that sums it up. */
export function printReport(report: ImportReport, write: (line: string) => void): void {
  const { checks, differing, leftOut, problems, unchecked } = report
  const named = (
    title: string,
    items: readonly { readonly id: string; readonly text: string }[],
    all = items.length,
  ) => {
    if (all === 0) return
    write(`${title}: ${number(all)}`)
    for (const { id, text } of items) write(printable(`  ${id}  ${text}`))
    if (all > items.length) write(`  and ${number(all - items.length)} more`)
  }
  named(
    'Could not be used, or is not as it was signed',
    problems.map(({ id, problem }) => ({ id, text: problem })),
  )
  named(
    'Could not be checked',
    unchecked.map(({ id, kind, reason }) => ({ id, text: `${kind}: ${reason}` })),
    checks.unchecked ?? 0,
  )
  named(
    'Left out, because it is false',
    leftOut.first.map(({ id, problem }) => ({ id, text: problem })),
    leftOut.count,
  )
  named(
    'Counted otherwise than by the hub',
    differing.map(({ id, title, differences }) => ({ id, text: `${title}: ${differences.join('; ')}` })),
  )
  const checked = Object.entries(checks).reduce(
    (sum, [how, some]) => sum + (how === 'unchecked' ? 0 : some),
    0,
  )
  const verdict =
    differing.length > 0
      ? `${number(differing.length)} of ${number(report.counted)} counts differ.`
      : report.counted > 0
        ? `All ${number(report.counted)} counts agree.`
        : 'Nothing is counted yet.'
  write(
    printable(
      `${report.space}: ${count(report.proposals, 'proposal')}, ${count(report.votes, 'vote')}, ` +
        `${count(report.follows, 'follow')}, ${count(report.statements, 'statement')} from ${report.hub}. ` +
        `${count(report.added, 'message')} added in ${(report.tookMs / 1000).toFixed(1)} s; ` +
        `${count(checked, 'signature')} checked, ${number(checks.unchecked ?? 0)} not. ${verdict}`,
    ),
  )
}

function number(value: number): string {
  return value.toLocaleString('en')
}

function count(value: number, what: string): string {
  return `${number(value)} ${what}${value === 1 ? '' : 's'}`
}
