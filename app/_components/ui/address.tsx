'use client'
import Link from 'next/link'
import { useName } from '../account/use-name'
import { classNames } from './class-names'
import { CopyButton } from './copy-button'
import { Identicon } from './identicon'
import { shortAddress } from './short-address'
import { Tooltip } from './tooltip'

/** An account: its name or short checksummed form, the full address on hover and focus, a button that copies it. */
export function Address({
  address,
  copy = true,
  picture = true,
  person = false,
}: {
  readonly address: string
  readonly copy?: boolean
  readonly picture?: boolean
  /** Somebody who acts here: by the name they gave themselves if there is no other, with a link to what they did. */
  readonly person?: boolean
}) {
  const { name, isOwn } = useName(address, person)
  const label = name ?? shortAddress(address)
  // Anybody may take anybody's name: the end of the address stays beside a name that nobody checked.
  const text = (
    <>
      <bdi className={name ? 'truncate' : 'truncate font-mono text-[0.93em]'}>{label}</bdi>
      {isOwn && <span className="ml-1 shrink-0 font-mono text-[0.8em] text-muted">{address.slice(-4)}</span>}
    </>
  )
  const look = '-my-px flex min-h-6 min-w-6 items-center rounded-[3px] py-px text-left'
  return (
    <span
      className={classNames(
        'inline-flex min-w-0 max-w-full items-center gap-1.5',
        picture ? 'align-bottom' : 'align-baseline',
      )}
    >
      {picture && <Identicon seed={address} />}
      <Tooltip text={<span className="font-mono">{address}</span>}>
        {person ? (
          <Link
            href={`/account/${address}`}
            aria-label={`${label}, ${address}`}
            className={`${look} min-w-0 underline-offset-3 hover:text-accent hover:underline`}
          >
            {text}
          </Link>
        ) : (
          <button type="button" aria-label={`${label}, ${address}`} className={`${look} min-w-0 cursor-help`}>
            {text}
          </button>
        )}
      </Tooltip>
      {copy && <CopyButton text={address} label={`address ${label}`} />}
    </span>
  )
}
