'use client'
import { useState } from 'react'
import type { MessageTypedData } from '../../lib/client/typed-data'
import type { HexString } from '../../lib/core/views/hex-string'
import { usePublish } from '../_wallet/use-publish'
import { useWallet } from '../_wallet/use-wallet'
import { Publication } from './publication'
import { Button } from './ui/button'
import { Overlay } from './ui/overlay'

/** A button whose message is signed only after a dialog has said what it does; the dialog then shows what became of it. */
export function ConfirmedMessage({
  may = true,
  label,
  title,
  description,
  signLabel,
  what,
  make,
  onAccepted,
}: {
  /** Whether it is offered. Whoever has just signed it reads to the end what became of that. */
  readonly may?: boolean
  readonly label: string
  readonly title: string
  readonly description: string
  /** On the button that opens the wallet. */
  readonly signLabel: string
  /** "The withdrawal" */
  readonly what: string
  /** The message, in the name of the connected account, now (unix seconds). */
  readonly make: (from: HexString, timestamp: number) => MessageTypedData
  readonly onAccepted: () => Promise<unknown>
}) {
  const { address } = useWallet()
  const { publishing, publish, reset } = usePublish()
  const [open, setOpen] = useState(false)
  if (!may && !open) return null

  async function sign() {
    if (!address) return
    const accepted = await publish(make(address, Math.floor(Date.now() / 1000)))
    if (accepted) await onAccepted()
  }

  return (
    <Overlay
      title={title}
      description={description}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) reset()
      }}
      trigger={<Button>{label}</Button>}
    >
      {publishing.stage === 'idle' ? (
        <Button look="danger" onClick={sign}>
          {signLabel}
        </Button>
      ) : (
        <Publication publishing={publishing} what={what} onRetry={sign} />
      )}
    </Overlay>
  )
}
