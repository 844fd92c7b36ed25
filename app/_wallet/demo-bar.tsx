'use client'
import { ChevronUp } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useConnectors } from 'wagmi'
import { useInstallation } from '../_components/installation'
import { compactAmount, shortAmount } from '../_components/ui/format-amount'
import { Identicon } from '../_components/ui/identicon'
import { words } from '../_components/words'
import { useWallet } from './use-wallet'

/** In the demo, at the bottom of every page: which of the well-known accounts is acting, and the way to switch. */
export function DemoBar() {
  const { demo } = useInstallation()
  const connectors = useConnectors()
  const wallet = useWallet()
  if (!demo) return null
  const current = demo.accounts.find(({ address }) => address === wallet.address)
  const foreign = wallet.address !== null && !current
  return (
    <aside
      aria-label="Demo wallet"
      className="sticky bottom-0 z-30 flex h-10 items-center justify-center gap-x-3 border-t bg-demo px-4 text-on-demo forced-colors:border-2"
    >
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="inline-flex min-h-10 items-center gap-1.5 rounded-control px-2 font-medium outline-offset-[-3px] focus-visible:outline-current">
          {current
            ? `Demo wallet: ${current.name} · ${shortAmount(BigInt(current.power))} ${words.votes}`
            : foreign
              ? 'Demo wallet: not in use'
              : 'Demo wallet: choose an account'}
          <ChevronUp aria-hidden className="size-4" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            side="top"
            sideOffset={4}
            collisionPadding={8}
            className="fresh z-50 w-72 rounded-panel border bg-raised p-1.5 text-ink shadow-overlay"
          >
            <p className="px-3 py-1.5 text-muted text-small">
              Accounts of the local chain with public keys. They sign without asking.
            </p>
            <DropdownMenu.RadioGroup
              value={current?.address ?? ''}
              onValueChange={(address) => {
                const chosen = demo.accounts.find((account) => account.address === address)
                const connector = connectors.find(({ id }) => id === `demo:${chosen?.name.toLowerCase()}`)
                if (connector) wallet.connect(connector)
              }}
            >
              {demo.accounts.map((account) => (
                <DropdownMenu.RadioItem
                  key={account.address}
                  value={account.address}
                  className="flex min-h-control items-center gap-2.5 rounded-control px-3 outline-none data-[highlighted]:bg-hover data-[state=checked]:font-semibold"
                >
                  <Identicon seed={account.address} />
                  {account.name}
                  <span className="ml-auto font-normal text-muted text-small tabular-nums">
                    {compactAmount(BigInt(account.power))} {words.votes}
                  </span>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </aside>
  )
}
