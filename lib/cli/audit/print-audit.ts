import { toDouble } from '../../core/tally/fixed-point'
import type { HubAudit } from '../../services/remote-hub/audit-proposal'
import { printable } from '../verify/printable'

const marks = {
  passed: { sign: '✓', color: 32 },
  failed: { sign: '✗', color: 31 },
  open: { sign: '–', color: 90 },
} as const

/** Writes what an audit of a hub's proposal found: the count beside the hub's, a line for each check, the verdict. */
export function printAudit(
  { ok, hub, proposal, scores, total, forms, checks }: HubAudit,
  write: (line: string) => void,
  hasColor: boolean,
): void {
  const paint = (code: number, text: string) => (hasColor ? `\x1b[${code}m${text}\x1b[0m` : text)
  write(paint(1, printable(proposal.title)))
  write(printable(`${proposal.space} · ${proposal.id}`))
  write(printable(`${proposal.type}, ${proposal.state}, ${proposal.votes} ballots, from ${hub}`))
  write('')

  const rows = [
    ['', 'recounted', 'by the hub'],
    ...scores.map(({ option, ours, theirs }) => [
      printable(option).slice(0, 40),
      amount(ours),
      String(theirs ?? '–'),
    ]),
    ['all power', amount(total.ours), String(total.theirs)],
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  for (const [name = '', ours = '', theirs = ''] of rows) {
    write(
      `  ${name.padEnd(widths[0] ?? 0)}  ${ours.padStart(widths[1] ?? 0)}  ${theirs.padStart(widths[2] ?? 0)}`,
    )
  }
  write('')

  write('     passed   failed     open')
  for (const { title, status, passed, failed, open, detail, offenders } of checks) {
    const { sign, color } = marks[status]
    const numbers = [passed, failed, open].map((number) => String(number).padStart(9)).join('')
    write(paint(color, `${sign} ${numbers}  ${title}${detail && `: ${printable(detail)}`}`))
    for (const { id, problem, status: how } of offenders) {
      write(paint(marks[how].color, `        ${marks[how].sign} ${printable(id)}: ${printable(problem)}`))
    }
  }
  write('')
  const { envelope, rebuilt, ipfs, unknown } = forms
  write(
    `As signed: ${envelope} shown by the hub, ${rebuilt} rebuilt, ${ipfs} from IPFS, ${unknown} not known.`,
  )
  const failed = checks.filter(({ status }) => status === 'failed').length
  const open = checks.filter(({ status }) => status === 'open').length
  const rest =
    open > 0 ? ` ${open === 1 ? '1 check cannot' : `${open} checks cannot`} be told from here.` : ''
  write(
    ok
      ? paint(32, `NOTHING IS WRONG.${rest}`)
      : paint(31, `${failed === 1 ? '1 CHECK' : `${failed} CHECKS`} FAILED.${rest}`),
  )
}

function amount(fixed: string | null): string {
  return fixed === null ? '–' : String(toDouble(BigInt(fixed)))
}
