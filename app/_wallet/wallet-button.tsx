'use client'
import { ChevronDown, Wallet as WalletIcon } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { useInstallation } from '../_components/installation'
import { Button } from '../_components/ui/button'
import { Identicon } from '../_components/ui/identicon'
import { shortAddress } from '../_components/ui/short-address'
import { words } from '../_components/words'
import { useWallet } from './use-wallet'
import { useConnectDialog } from './wallet-provider'

/** Who is connected, in the top bar; or the way to connect. */
export function WalletButton() {
  const wallet = useWallet()
  const openDialog = useConnectDialog()
  const { nameOf } = useInstallation()
  if (!wallet.address) {
    return (
      <Button onClick={openDialog} aria-busy={wallet.connecting || undefined}>
        <WalletIcon aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{words.connectWallet}</span>
      </Button>
    )
  }
  const name = nameOf(wallet.address) ?? shortAddress(wallet.address)
  const item = 'flex min-h-control items-center rounded-control px-3 outline-none data-[highlighted]:bg-hover'
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button aria-label={`Account: ${name}`}>
          <Identicon seed={wallet.address} />
          <span className="max-w-28 truncate max-sm:hidden">{name}</span>
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="fresh z-50 w-64 rounded-panel border bg-raised p-1.5 shadow-overlay"
        >
          <div className="break-all px-3 py-2 font-mono text-muted text-small">{wallet.address}</div>
          <DropdownMenu.Item
            className={item}
            onSelect={() => navigator.clipboard.writeText(wallet.address ?? '')}
          >
            Copy address
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} asChild>
            <Link href={`/account/${wallet.address}`}>My account</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} asChild>
            <Link href="/receipts">Receipts</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={openDialog}>
            Change account
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => wallet.disconnect()}>
            Disconnect
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
