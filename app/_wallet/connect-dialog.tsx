'use client'
import { useState } from 'react'
import { type Connector, useConnectors } from 'wagmi'
import { useInstallation } from '../_components/installation'
import { ErrorNotice } from '../_components/ui/error-notice'
import { compactAmount } from '../_components/ui/format-amount'
import { Identicon } from '../_components/ui/identicon'
import { Overlay } from '../_components/ui/overlay'
import { words } from '../_components/words'
import { useWallet } from './use-wallet'

/** Choose who you are: wallets that announced themselves, and the demo's accounts. */
export function ConnectDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}) {
  const { demo } = useInstallation()
  const connectors = useConnectors()
  const wallet = useWallet()
  const [error, setError] = useState<unknown>(null)
  const browser = connectors.filter(({ type }) => type !== 'demo')

  async function choose(connector: Connector) {
    setError(null)
    try {
      await wallet.connect(connector)
      onOpenChange(false)
    } catch (problem) {
      setError(problem)
    }
  }

  return (
    <Overlay
      open={open}
      onOpenChange={onOpenChange}
      title={words.connectWallet}
      description="Connecting shows this page your address. It costs nothing and signs nothing."
    >
      {error !== null && <ErrorNotice what="The wallet was not connected." error={error} />}
      <ul className="mt-2 flex flex-col gap-1" aria-label="Wallets in this browser">
        {browser.map((connector) => (
          <li key={connector.uid}>
            <Choice onClick={() => choose(connector)} icon={connector.icon} seed={connector.id}>
              {connector.name}
            </Choice>
          </li>
        ))}
      </ul>
      {browser.length === 0 && (
        <p className="text-muted">
          No wallet was found in this browser. Install one such as Rabby, MetaMask or Frame, or open this page
          in your wallet’s own browser.
        </p>
      )}
      {demo && (
        <section aria-labelledby="demo-accounts" className="mt-5">
          <h3 id="demo-accounts" className="font-medium">
            <span className="rounded-control bg-demo px-1.5 py-0.5 text-on-demo">Demo wallet</span>
          </h3>
          <p className="mt-1.5 text-muted text-small">
            Accounts of the local chain. Their keys are public, they sign without asking, and they hold
            nothing of value.
          </p>
          <ul className="mt-2 grid gap-1 sm:grid-cols-2">
            {demo.accounts.map((account) => {
              const connector = connectors.find(({ id }) => id === `demo:${account.name.toLowerCase()}`)
              return (
                <li key={account.address}>
                  <Choice onClick={() => connector && choose(connector)} seed={account.address}>
                    {account.name}
                    <span className="ml-auto text-muted text-small">
                      {compactAmount(BigInt(account.power))} {words.votes}
                    </span>
                  </Choice>
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </Overlay>
  )
}

function Choice({
  icon,
  seed,
  onClick,
  children,
}: {
  readonly icon?: string | undefined
  readonly seed: string
  readonly onClick: () => void
  readonly children: React.ReactNode
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-control w-full items-center gap-2.5 rounded-control border px-3 text-left hover:bg-hover"
    >
      {icon?.startsWith('data:') ? (
        // biome-ignore lint/performance/noImgElement: a data URI handed over by the wallet, nothing to optimise
        <img src={icon} alt="" className="size-5 rounded-[4px]" />
      ) : (
        <Identicon seed={seed} size={20} />
      )}
      {children}
    </button>
  )
}
