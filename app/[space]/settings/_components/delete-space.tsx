'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteSpaceTypedData } from '../../../../lib/client/typed-data'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { Publication } from '../../../_components/publication'
import { Button } from '../../../_components/ui/button'
import { Field, Input } from '../../../_components/ui/field'
import { Overlay } from '../../../_components/ui/overlay'
import { Panel } from '../../../_components/ui/panel'
import { useToast } from '../../../_components/ui/toast'
import { usePublish } from '../../../_wallet/use-publish'
import { useWallet } from '../../../_wallet/use-wallet'

/** The controller's way to take a space away for good. Its id is typed first, so that nobody does it by a slip. */
export function DeleteSpace({ space }: { readonly space: SpaceView }) {
  const { address } = useWallet()
  const router = useRouter()
  const queries = useQueryClient()
  const toast = useToast()
  const { publishing, publish, reset } = usePublish()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const isConfirmed = typed.trim().toLowerCase() === space.id

  async function remove() {
    if (!address || !isConfirmed) return
    const accepted = await publish(
      deleteSpaceTypedData({ from: address, space: space.id, timestamp: Math.floor(Date.now() / 1000) }),
    )
    if (!accepted) return
    queries.removeQueries({ queryKey: ['spaces'] })
    toast(`${space.name} is deleted. The receipt is kept in this browser.`)
    router.push('/')
  }

  return (
    <Panel title="Delete this space">
      <p className="mb-3 text-muted">
        The space and its {space.proposals.toLocaleString('en')}{' '}
        {space.proposals === 1 ? 'proposal' : 'proposals'} leave this site: nobody can read them here or vote
        on them any more. The log keeps what was signed. Nobody can ever use the id again.
      </p>
      <Overlay
        title={`Delete ${space.name}?`}
        description="This cannot be undone, not even by whoever runs this server."
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          if (next) reset()
          setTyped('')
        }}
        trigger={<Button look="danger">Delete this space</Button>}
      >
        {publishing.stage === 'idle' ? (
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              remove()
            }}
          >
            <Field label={`Type ${space.id} to confirm`}>
              <Input
                className="font-mono"
                spellCheck={false}
                autoCapitalize="none"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </Field>
            <Button type="submit" look="danger" className="self-start" disabled={!isConfirmed}>
              Sign the deletion
            </Button>
          </form>
        ) : (
          <Publication publishing={publishing} what="The deletion" onRetry={remove} />
        )}
      </Overlay>
    </Panel>
  )
}
