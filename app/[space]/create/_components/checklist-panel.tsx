'use client'
import { Check, Circle, Lightbulb } from 'lucide-react'
import type { ReactNode } from 'react'
import { Publication } from '../../../_components/publication'
import { Button } from '../../../_components/ui/button'
import { ErrorNotice } from '../../../_components/ui/error-notice'
import { Panel } from '../../../_components/ui/panel'
import { words } from '../../../_components/words'
import type { Publishing } from '../../../_wallet/use-publish'
import { useWallet } from '../../../_wallet/use-wallet'
import { useConnectDialog } from '../../../_wallet/wallet-provider'
import type { Check as CheckItem } from './checklist'

const marks = {
  done: { icon: Check, look: 'text-for', word: 'done' },
  todo: { icon: Circle, look: 'text-muted', word: 'to do' },
  advice: { icon: Lightbulb, look: 'text-warn', word: 'advice' },
} as const

/** What is still missing, the button that signs, and what will be signed. */
export function ChecklistPanel({
  title,
  checks,
  preparation,
  publishing,
  what,
  signLabel,
  onSign,
  note,
  children,
}: {
  readonly title: string
  readonly checks: readonly CheckItem[]
  /** What is done before the wallet is asked, where something is. */
  readonly preparation?: { readonly busy: boolean; readonly error: unknown }
  readonly publishing: Publishing
  /** "Your proposal" */
  readonly what: string
  /** On the button that opens the wallet. */
  readonly signLabel: string
  readonly onSign: () => void
  readonly note: ReactNode
  readonly children: ReactNode
}) {
  const wallet = useWallet()
  const openConnect = useConnectDialog()
  const ready = checks.every(({ state }) => state !== 'todo')
  const busy =
    preparation?.busy ||
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
      <Panel title={title}>
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
          {preparation && preparation.error !== null && (
            <ErrorNotice what="Nothing was published." error={preparation.error} onRetry={onSign} />
          )}
          {publishing.stage !== 'idle' && (
            <Publication publishing={publishing} what={what} onRetry={onSign} />
          )}
          {!wallet.address ? (
            <Button look="primary" onClick={openConnect}>
              {words.connectWallet}
            </Button>
          ) : (
            publishing.stage !== 'failed' &&
            !busy && (
              <Button look="primary" disabled={!ready} onClick={onSign}>
                {signLabel}
              </Button>
            )
          )}
          {preparation?.busy && publishing.stage === 'idle' && (
            <p role="status" className="text-wait">
              Storing the calls and reading the newest block
            </p>
          )}
          <p className="text-muted text-small">{note}</p>
        </div>
      </Panel>
      {children}
    </aside>
  )
}
