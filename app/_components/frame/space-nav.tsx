'use client'
import { BookOpen, Landmark, Plus, ScrollText, Settings } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { words } from '../words'

/** The pages of a space: a rail on the left, tabs on narrower screens. */
export function SpaceNav({ space }: { readonly space: string }) {
  const path = usePathname()
  const pages = [
    { href: `/${space}`, name: 'Proposals', icon: ScrollText },
    { href: `/${space}/about`, name: 'About', icon: BookOpen },
    { href: `/${space}/treasury`, name: 'Treasury', icon: Landmark },
    { href: `/${space}/settings`, name: 'Settings', icon: Settings },
  ]
  const current = pages.findLast(({ href }) => path === href || path.startsWith(`${href}/`))?.href
  return (
    <nav
      aria-label="Space"
      className="relative flex gap-1 max-[360px]:gap-0 max-lg:-mx-4 max-lg:items-center max-lg:scroll-pr-16 max-lg:overflow-x-auto max-lg:border-b max-lg:px-4 lg:flex-col"
    >
      {pages.map(({ href, name, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={current === href ? 'page' : undefined}
          className={classNames(
            'flex min-h-control items-center gap-2.5 whitespace-nowrap px-2 text-muted max-[360px]:px-1.5 max-[360px]:text-small sm:px-3 hover:text-ink',
            'max-lg:-mb-px max-lg:border-transparent max-lg:border-b-2 max-lg:outline-offset-[-2px] max-lg:aria-[current=page]:border-ink',
            'lg:rounded-control lg:aria-[current=page]:bg-neutral-4 lg:hover:bg-hover',
            'aria-[current=page]:font-medium aria-[current=page]:text-ink forced-colors:aria-[current=page]:underline',
          )}
        >
          <Icon aria-hidden className="size-4.5 max-sm:hidden" />
          {name}
        </Link>
      ))}
      <Button
        asChild
        className="whitespace-nowrap max-[360px]:px-2.5 max-lg:-right-4 max-lg:sticky max-lg:my-1 max-lg:ml-auto max-lg:bg-page lg:mt-3"
      >
        <Link href={`/${space}/create`}>
          <Plus aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{words.newProposal}</span>
        </Link>
      </Button>
    </nav>
  )
}
