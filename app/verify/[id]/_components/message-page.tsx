'use client'
import { parseImportedEnvelope } from '../../../../lib/core/messages/imported-envelope'
import { parseCanonicalEnvelope } from '../../../../lib/core/messages/parse-canonical-envelope'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import type { MessageView } from '../../../../lib/core/views/record-view'
import { useInstallation } from '../../../_components/installation'
import { messageNoun } from '../../../_components/record/message-words'
import { CopyButton } from '../../../_components/ui/copy-button'
import { shortAddress } from '../../../_components/ui/short-address'
import { useHydrated } from '../../../_components/ui/use-hydrated'
import { MessageChecks } from './message-checks'
import { messageTitle } from './message-words'
import { RawMessage } from './raw-message'
import { WhatBecameOfIt } from './what-became-of-it'
import { WhatWasSigned } from './what-was-signed'

/** One message of the log for anyone: in words, what became of it, whether it is genuine, and its bytes. */
export function MessagePage({
  initial: view,
  proposal,
}: {
  readonly initial: MessageView
  readonly proposal: ProposalView | null
}) {
  const { nameOf } = useInstallation()
  const isCopy = parseImportedEnvelope(view.envelope) !== undefined
  const resolved = isCopy ? undefined : parseCanonicalEnvelope(view.envelope).resolved
  const origin = useHydrated() ? window.location.origin : ''
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <header>
        <p className="flex flex-wrap items-center gap-x-2 text-muted">
          {messageNoun(view.kind)} · #{view.logIndex} of the log
          <CopyButton text={`${origin}/verify/${view.id}`} label="link to this page">
            Copy link
          </CopyButton>
        </p>
        <h1 className="mt-1 break-words text-title">
          {resolved
            ? messageTitle(resolved, nameOf(resolved.from) ?? shortAddress(resolved.from), proposal)
            : `By ${nameOf(view.author) ?? shortAddress(view.author)}, as copied from ${view.verification.imported}`}
        </h1>
      </header>
      <MessageChecks id={view.id} />
      {view.ballot && proposal && <WhatBecameOfIt ballot={view.ballot} proposal={proposal} />}
      {resolved && <WhatWasSigned view={view} resolved={resolved} proposal={proposal} />}
      <RawMessage view={view} />
    </div>
  )
}
