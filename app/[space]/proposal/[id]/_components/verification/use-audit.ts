'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AuditProgress } from '../../../../../../lib/client/audit-published'
import type { ProposalView } from '../../../../../../lib/core/views/proposal-view'
import { useInstallation } from '../../../../../_components/installation'
import { browserShelf } from '../../../../../_components/record/browser-shelf'
import { listCheckpoints } from '../../../../../_components/record/checkpoint-store'
import { listReceipts } from '../../../../../_components/record/receipt-store'
import type { AuditAnswer, AuditJob, AuditNews } from './audit-job'

/** An audit of a proposal's bundle in this browser. */
export type Audit =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly progress: AuditProgress }
  | { readonly state: 'done'; readonly answer: AuditAnswer; readonly ms: number }
  | { readonly state: 'failed'; readonly error: Error }

const idle: Audit = { state: 'idle' }
const begun: Audit = { state: 'running', progress: { bytes: 0, ballots: 0 } }

/** Runs it in a worker, with the receipts and checkpoints that this browser keeps. One at a time; leaving the page ends it. */
export function useAudit({ id }: Pick<ProposalView, 'id'>): {
  readonly audit: Audit
  start(): void
  cancel(): void
} {
  const { receiptKeys, log } = useInstallation()
  const [audit, setAudit] = useState<Audit>(idle)
  const worker = useRef<Worker | null>(null)

  const stop = useCallback(() => {
    worker.current?.terminate()
    worker.current = null
  }, [])
  useEffect(() => stop, [stop])

  const start = useCallback(() => {
    stop()
    setAudit(begun)
    const fail = (why: string) => {
      stop()
      setAudit({ state: 'failed', error: new Error(why) })
    }
    const shelf = browserShelf()
    const job: AuditJob = {
      url: `/api/proposals/${id}/bundle`,
      question: {
        proposal: id,
        published: { receiptKeys, log },
        receipts: listReceipts(shelf).receipts.filter(({ receipt }) => receipt.proposal === id),
        checkpoints: listCheckpoints(shelf),
      },
    }
    const running = new Worker(new URL('./audit.worker.ts', import.meta.url), { type: 'module' })
    running.onmessage = ({ data }: MessageEvent<AuditNews>) => {
      if (data.kind === 'progress') return setAudit({ state: 'running', progress: data.progress })
      if (data.kind === 'failed') return fail(data.why)
      stop()
      setAudit({ state: 'done', answer: data.answer, ms: data.ms })
    }
    running.onerror = () => fail('This browser could not run the check.')
    running.postMessage(job)
    worker.current = running
  }, [id, receiptKeys, log, stop])

  const cancel = useCallback(() => {
    stop()
    setAudit(idle)
  }, [stop])

  return { audit, start, cancel }
}
