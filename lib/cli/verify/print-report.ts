import type { AuditReport } from '../../core/audit/audit-bundle'
import type { AuditCheck } from '../../core/audit/findings'
import type { LogReport } from './log-report'
import { printable } from './printable'

type Check = AuditCheck<string>

const marks = {
  passed: { sign: '✓', color: 32 },
  failed: { sign: '✗', color: 31 },
  open: { sign: '–', color: 90 },
} as const

/** Writes reports for people: a heading, a line for each check, and notes. `write` takes a line. */
export function createPrinter(write: (line: string) => void, hasColor: boolean) {
  const paint = (code: number, text: string) => (hasColor ? `\x1b[${code}m${text}\x1b[0m` : text)

  const printChecks = (checks: readonly Check[]) => {
    for (const { title, status, detail, offender } of checks) {
      const { sign, color } = marks[status]
      const where = offender === undefined || detail.includes(offender) ? '' : ` [${printable(offender)}]`
      const sentence = `${paint(color, `${sign} ${printable(title)}`)}: ${printable(detail)}${where}`
      write(detail ? sentence : paint(color, `${sign} ${printable(title)}`))
    }
    write('')
  }

  return {
    bundle({ subject, checks }: AuditReport): void {
      if (!subject) write(paint(1, 'A bundle in which there is no proposal'))
      else {
        const { title, space, proposal, outcome, ballots, logSize } = subject
        write(paint(1, printable(title)))
        write(`${printable(space)} · ${proposal}`)
        if (outcome) write(printable(outcome))
        write(`${count(ballots, 'ballot')} counted, in a log of ${count(logSize, 'entry', 'entries')}`)
      }
      write('')
      printChecks(checks)
    },

    log({ subject, checks }: LogReport): void {
      if (!subject) write(paint(1, 'A log that has signed nothing'))
      else {
        const { origin, url, size, read } = subject
        write(paint(1, `The log ${printable(origin)}`))
        write(`${url}: ${count(size, 'entry', 'entries')}, ${read.toLocaleString('en')} read`)
      }
      write('')
      printChecks(checks)
    },

    /** The last line. */
    verdict(checks: readonly Check[]): void {
      const number = (status: Check['status']) => checks.filter((check) => check.status === status).length
      const [failed, open] = [number('failed'), number('open')]
      const rest = `${number('passed')} passed${open > 0 ? `, ${open} cannot be told from here` : ''}`
      write(
        failed === 0
          ? paint(32, `VERIFIED: nothing is wrong. ${rest}.`)
          : paint(31, `NOT VERIFIED: ${count(failed, 'check')} failed. ${rest}.`),
      )
    },

    note: (text: string) => write(printable(text)),
    alarm: (text: string) => write(paint(31, printable(text))),
  }
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
