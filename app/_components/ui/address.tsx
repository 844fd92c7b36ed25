'use client'
import { useInstallation } from '../installation'
import { CopyButton } from './copy-button'
import { Identicon } from './identicon'
import { shortAddress } from './short-address'
import { Tooltip } from './tooltip'

/** An account: its name or short checksummed form, the full address on hover and focus, a button that copies it. */
export function Address({
  address,
  copy = true,
  picture = true,
}: {
  readonly address: string
  readonly copy?: boolean
  readonly picture?: boolean
}) {
  const name = useInstallation().nameOf(address)
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5 align-bottom">
      {picture && <Identicon seed={address} />}
      <Tooltip text={<span className="font-mono">{address}</span>}>
        <button
          type="button"
          aria-label={`${name ?? shortAddress(address)}, ${address}`}
          className="-my-px flex min-h-6 min-w-6 cursor-help items-center rounded-[3px] py-px text-left"
        >
          <span className={name ? 'truncate' : 'truncate font-mono text-[0.93em]'}>
            {name ?? shortAddress(address)}
          </span>
        </button>
      </Tooltip>
      {copy && <CopyButton text={address} label={`address ${name ?? shortAddress(address)}`} />}
    </span>
  )
}
