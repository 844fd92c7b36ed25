'use client'
import { Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ProposalView } from '../../../../../../lib/core/views/proposal-view'
import type { BundleView, VerificationView } from '../../../../../../lib/core/views/record-view'
import { Button } from '../../../../../_components/ui/button'
import { CopyButton } from '../../../../../_components/ui/copy-button'
import { ErrorNotice } from '../../../../../_components/ui/error-notice'
import { fileSize } from '../../../../../_components/ui/file-size'
import { Notice } from '../../../../../_components/ui/notice'
import { Panel } from '../../../../../_components/ui/panel'
import { Time } from '../../../../../_components/ui/time'
import { useHydrated } from '../../../../../_components/ui/use-hydrated'
import { words } from '../../../../../_components/words'
import { AuditReport, verdict } from './audit-report'
import { AuditRunning } from './audit-running'
import { type Audit, useAudit } from './use-audit'

/** Of a closed proposal: its recount in this browser, what the server's own came to, and the file for everybody else's. */
export function VerificationPanel({
  proposal,
  asked,
}: {
  readonly proposal: ProposalView
  /** How often the reader has asked for a recount elsewhere on the page. */
  readonly asked: number
}) {
  const { bundle, verification } = proposal
  const place = useRef<HTMLDivElement>(null)
  const { audit, start, cancel } = useAudit(proposal)
  useEffect(() => {
    if (asked === 0) return
    start()
    place.current?.scrollIntoView({ block: 'start' })
    place.current?.focus({ preventScroll: true })
  }, [asked, start])
  // The button that was pressed goes away: whoever pressed it by keyboard goes on from here.
  const andStay = (act: () => void) => () => {
    act()
    place.current?.focus({ preventScroll: true })
  }
  return (
    <div ref={place} id="verification" tabIndex={-1} className="scroll-mt-20 outline-none">
      <Panel title="Verification">
        {bundle ? (
          <div className="flex flex-col gap-4">
            <Recount
              audit={audit}
              proposal={proposal}
              bundle={bundle}
              onStart={andStay(start)}
              onCancel={andStay(cancel)}
            />
            {verification && <OwnAudit verification={verification} />}
            <Files proposal={proposal} bundle={bundle} />
          </div>
        ) : (
          <p className="text-wait">
            The file from which anybody can recount this vote is being written. This page shows it when it is
            there.
          </p>
        )}
      </Panel>
    </div>
  )
}

function Recount({
  audit,
  proposal,
  bundle,
  onStart,
  onCancel,
}: {
  readonly audit: Audit
  readonly proposal: ProposalView
  readonly bundle: BundleView
  readonly onStart: () => void
  readonly onCancel: () => void
}) {
  return (
    <div>
      {audit.state === 'idle' && (
        <>
          <p>
            Your browser can recount this vote: it reads every ballot from one file, checks its signature and
            its place in the log, and adds them up anew. Nothing that this server says is taken on trust but
            the keys it publishes.
          </p>
          <Start className="mt-3" onClick={onStart}>
            {words.verifyResult}
          </Start>
        </>
      )}
      {audit.state === 'running' && (
        <AuditRunning progress={audit.progress} bundle={bundle} votes={proposal.votes} onCancel={onCancel} />
      )}
      <p className="sr-only" aria-live="polite">
        {audit.state === 'done' && verdict(audit.answer)}
      </p>
      {audit.state === 'failed' && (
        <ErrorNotice what="The result could not be checked." error={audit.error} onRetry={onStart} />
      )}
      {audit.state === 'done' && (
        <>
          <AuditReport answer={audit.answer} ms={audit.ms} />
          <Start className="mt-4" onClick={onStart}>
            Verify again
          </Start>
        </>
      )}
    </div>
  )
}

/** It needs scripts: before the page has them, pressing it would do nothing. */
function Start(props: { className: string; onClick: () => void; children: string }) {
  return <Button disabled={!useHydrated()} {...props} />
}

function OwnAudit({
  verification: { ok, verifiedAt, passed, failed },
}: {
  readonly verification: VerificationView
}) {
  if (ok) {
    return (
      <p className="border-t pt-4 text-muted">
        This server’s own nightly audit: {passed} checks passed, <Time at={verifiedAt} />.
      </p>
    )
  }
  return (
    <Notice kind="bad" title="This server’s own nightly audit failed">
      <ul className="list-disc pl-5">
        {failed.map(({ title, detail }) => (
          <li key={title}>
            {title}: {detail}
          </li>
        ))}
      </ul>
      <p className="text-muted">
        {passed} checks passed, <Time at={verifiedAt} />.
      </p>
    </Notice>
  )
}

function Files({
  proposal: { id, space },
  bundle,
}: {
  readonly proposal: ProposalView
  readonly bundle: BundleView
}) {
  const path = `/api/proposals/${id}/bundle`
  const origin = useHydrated() ? window.location.origin : ''
  return (
    <div className="border-t pt-4">
      <p>Or check it without this page, and keep the file: it verifies with this server switched off.</p>
      <Button asChild className="mt-2">
        <a href={path} download>
          <Download aria-hidden className="size-4" />
          Download the bundle ({fileSize(bundle.bytes)})
        </a>
      </Button>
      <p className="mt-3 text-muted text-small">
        On the command line, with <code className="font-mono">--rpc</code> to have every power read again from
        a node of your choice:
      </p>
      <CommandLine command={`npx comitia verify ${origin}${path}`} />
      <p className="mt-2 text-muted text-small">
        Or with{' '}
        <a href="/comitia-verify.mjs" download className="link">
          the verifier in one file
        </a>{' '}
        and nothing but Node.js:
      </p>
      <CommandLine command={`node comitia-verify.mjs comitia-${space}-${id.slice(2, 10)}.ndjson`} />
    </div>
  )
}

function CommandLine({ command }: { readonly command: string }) {
  return (
    <p className="mt-1 flex items-start gap-1 rounded-control border bg-sunken px-2.5 py-1.5">
      <code className="min-w-0 flex-1 break-all font-mono text-small">{command}</code>
      <CopyButton text={command} label="command" />
    </p>
  )
}
