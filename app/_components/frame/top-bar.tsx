import Link from 'next/link'
import { WalletButton } from '../../_wallet/wallet-button'
import { words } from '../words'
import { CommandPalette } from './command-palette'
import { Mark } from './mark'
import type { Theme } from './theme'
import { ThemeToggle } from './theme-toggle'

export function TopBar({ theme }: { readonly theme: Theme }) {
  return (
    <header className="sticky top-0 z-30 border-b bg-page">
      <div className="mx-auto flex h-14 max-w-[1200px] items-center gap-2 px-4">
        <Link href="/" className="mr-auto flex items-center gap-2 rounded-control pr-1 font-semibold">
          <Mark />
          <span className="max-[24rem]:sr-only">{words.product}</span>
        </Link>
        <CommandPalette />
        <ThemeToggle initial={theme} />
        <WalletButton />
      </div>
    </header>
  )
}
