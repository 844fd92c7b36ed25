'use client'
import { Check, Circle, Lightbulb } from 'lucide-react'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { Publication } from '../../../_components/publication'
import { Button } from '../../../_components/ui/button'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { Panel } from '../../../_components/ui/panel'
import { words } from '../../../_components/words'
import { useWallet } from '../../../_wallet/use-wallet'
import { useConnectDialog } from '../../../_wallet/wallet-provider'
import type { BuiltCall } from './call-draft'
import type { Check as CheckItem } from './checklist'
import type { ProposalDraft } from './draft'
import type { ModuleChoice } from './executor-options'
import { SigningPreview } from './signing-preview'
import { usePublishProposal } from './use-publish-proposal'

const marks = {
  done: { icon: Check, look: 'text-for', word: 'done' },
  todo: { icon: Circle, look: 'text-muted', word: 'to do' },
  advice: { icon: Lightbulb, look: 'text-warn', word: 'advice' },
} as const

/** What is still missing, what will be signed, and the button that signs it. */
export function ChecklistPanel({
  space,
  draft,
  checks,
  choices,
  treasury,
  module,
  built,
  onPublished,
}: {
  readonly space: SpaceView
  readonly draft: ProposalDraft
  readonly checks: readonly CheckItem[]
  readonly choices: readonly string[]
  readonly treasury: SpaceView['treasuries'][number] | null
  readonly module: ModuleChoice | null
  readonly built: readonly BuiltCall[]
  readonly onPublished: () => void
}) {
  const wallet = useWallet()
  const openConnect = useConnectDialog()
  const { publishing, preparation, publish } = usePublishProposal({
    space,
    draft,
    choices,
    treasury,
    module,
    built,
    onPublished,
  })
  const ready = checks.every(({ state }) => state !== 'todo')
  const busy =
    preparation.busy ||
    publishing.stage === 'signing' ||
    publishing.stage === 'sent' ||
    publishing.stage === 'accepted'
  return (
    <aside
      id="publish"
      aria-label="Publish"
      tabIndex={-1}
      className="flex flex-col gap-4 outline-none xl:sticky xl:top-20 xl:max-h-[calc(100dvh-8rem)] xl:self-start xl:overflow-y-auto xl:[scrollbar-width:thin]"
    >
      <Panel title="Ready to publish">
        <ul className="flex flex-col gap-2">
          {checks.map((check) => {
            const { icon: Icon, look, word } = marks[check.state]
            return (
              <li key={check.label} className="flex gap-2">
                <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${look}`} />
                <div className="min-w-0">
                  <a href={`#${check.where}`} className="rounded-[3px] hover:underline">
                    {check.label}
                    <span className="sr-only"> ({word})</span>
                  </a>
                  {check.detail && <p className="break-words text-muted text-small">{check.detail}</p>}
                </div>
              </li>
            )
          })}
        </ul>
        <div className="mt-4 flex flex-col gap-2 border-t pt-4">
          {preparation.error !== null && (
            <ErrorNotice what="Nothing was published." error={preparation.error} onRetry={publish} />
          )}
          {publishing.stage !== 'idle' && (
            <Publication publishing={publishing} what="Your proposal" onRetry={publish} />
          )}
          {!wallet.address ? (
            <Button look="primary" onClick={openConnect}>
              {words.connectWallet}
            </Button>
          ) : (
            publishing.stage !== 'failed' &&
            !busy && (
              <Button look="primary" disabled={!ready} onClick={publish}>
                {words.signAndPublish}
              </Button>
            )
          )}
          {preparation.busy && publishing.stage === 'idle' && (
            <p role="status" className="text-wait">
              Storing the calls and reading the newest block
            </p>
          )}
          <p className="text-muted text-small">
            Signing is free. Before it starts you can still withdraw it.
          </p>
        </div>
      </Panel>
      {wallet.address && (
        <SigningPreview
          space={space}
          draft={draft}
          choices={choices}
          from={wallet.address}
          module={module}
          built={built}
        />
      )}
    </aside>
  )
}
