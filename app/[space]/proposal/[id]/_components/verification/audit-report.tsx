'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CheckList } from '../../../../../_components/record/check-list'
import { Address } from '../../../../../_components/ui/address'
import { fileSize } from '../../../../../_components/ui/file-size'
import { Notice } from '../../../../../_components/ui/notice'
import type { AuditAnswer } from './audit-job'

/** What an audit found: the verdict, what it cost, and every check. */
export function AuditReport({ answer, ms }: { readonly answer: AuditAnswer; readonly ms: number }) {
  const { checks, ok, subject, ballots, bytes } = answer
  const failed = checks.filter(({ status }) => status === 'failed').length
  const passed = checks.filter(({ status }) => status === 'passed').length
  const open = checks.length - passed - failed
  return (
    <div className="flex flex-col gap-4">
      <Notice kind={ok ? 'good' : 'bad'} title={verdict(answer)}>
        {ok && subject?.outcome && <p>{subject.outcome}</p>}
        <p className={ok ? 'text-muted' : ''}>
          {failed > 0 && `${count(failed, 'check')} failed, `}
          {count(passed, 'check')} passed{open > 0 && `, ${open} open`}. {count(ballots, 'ballot')} in{' '}
          {fileSize(bytes)}, recounted in this browser in {seconds(ms)}.
        </p>
      </Notice>
      <CheckList
        label="What was checked"
        checks={checks.map((check) => ({
          ...check,
          link: check.status === 'failed' && offender(check.offender),
        }))}
      />
    </div>
  )
}

/** The audit in one sentence. */
export function verdict({ ok }: AuditAnswer): string {
  return ok ? 'The result verifies' : 'This result does not verify'
}

/** A message has a page of its own; an address has a name; a line of the file only its number. */
function offender(what: string | undefined): ReactNode {
  if (!what) return null
  if (/^0x[0-9a-f]{64}$/.test(what)) {
    return (
      <Link href={`/verify/${what}`} className="link">
        Look it up in the log
      </Link>
    )
  }
  return /^0x[0-9a-fA-F]{40}$/.test(what) ? <Address address={what} copy={false} picture={false} /> : null
}

function count(amount: number, what: string): string {
  return `${amount.toLocaleString('en')} ${what}${amount === 1 ? '' : 's'}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: ms < 10_000 ? 1 : 0 })} s`
}
