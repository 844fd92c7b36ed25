'use client'
import { BookOpen, History, Landmark, Plus, ScrollText, Settings, UsersRound } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { words } from '../words'

/** The pages of a space: a rail on the left, tabs on narrower screens. */
export function SpaceNav({ space }: { readonly space: string }) {
  const path = usePathname()
  const pages = [
    { href: `/${space}`, name: 'Proposals', icon: ScrollText },
    { href: `/${space}/about`, name: 'About', icon: BookOpen },
    { href: `/${space}/delegates`, name: 'Delegates', icon: UsersRound },
    { href: `/${space}/treasury`, name: 'Treasury', icon: Landmark },
    { href: `/${space}/trail`, name: 'Audit trail', short: 'Trail', icon: History },
    { href: `/${space}/settings`, name: 'Settings', icon: Settings },
  ]
  // Where the tabs are wider than the screen, the one that is open must not be the one out of sight.
  const open = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    void path
    open.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  const current = pages.findLast(({ href }) => path === href || path.startsWith(`${href}/`))?.href
  return (
    // On a phone the tabs take the whole width, and the button stands beside the space's name above them.
    <div className="relative flex max-lg:-mx-4 max-lg:items-center max-lg:gap-2 max-lg:border-b max-lg:px-4 lg:flex-col lg:gap-3">
      <nav
        aria-label="Space"
        className="flex gap-1 max-[360px]:gap-0 max-lg:min-w-0 max-lg:flex-1 max-lg:overflow-x-auto max-sm:[mask-image:linear-gradient(to_right,#000_calc(100%-1.5rem),transparent)] max-sm:pr-6 lg:flex-col"
      >
        {pages.map(({ href, name, short, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            ref={current === href ? open : undefined}
            aria-current={current === href ? 'page' : undefined}
            className={classNames(
              'flex min-h-control items-center gap-2.5 whitespace-nowrap px-2 text-muted max-[360px]:px-1.5 max-[360px]:text-small sm:px-3 hover:text-ink',
              'max-lg:-mb-px max-lg:border-transparent max-lg:border-b-2 max-lg:outline-offset-[-2px] max-lg:aria-[current=page]:border-ink',
              'lg:rounded-control lg:aria-[current=page]:bg-neutral-4 lg:hover:bg-hover',
              'aria-[current=page]:font-medium aria-[current=page]:text-ink forced-colors:aria-[current=page]:underline',
            )}
          >
            <Icon aria-hidden className="size-4.5 max-sm:hidden" />
            <span className={short && 'max-sm:hidden'}>{name}</span>
            {short && <span className="sm:hidden">{short}</span>}
          </Link>
        ))}
      </nav>
      <Button
        asChild
        className="whitespace-nowrap max-sm:absolute max-sm:right-4 max-sm:bottom-full max-sm:mb-3 max-sm:px-2.5 sm:max-lg:my-1"
      >
        <Link href={`/${space}/create`}>
          <Plus aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{words.newProposal}</span>
        </Link>
      </Button>
    </div>
  )
}
