'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { statementTypedData } from '../../../../lib/client/typed-data'
import { useAccount } from '../../../_components/account/use-account'
import { Publication } from '../../../_components/publication'
import { Button } from '../../../_components/ui/button'
import { Checkbox, Field, Textarea } from '../../../_components/ui/field'
import { Overlay } from '../../../_components/ui/overlay'
import { useToast } from '../../../_components/ui/toast'
import { words } from '../../../_components/words'
import { usePublish } from '../../../_wallet/use-publish'
import { useWallet } from '../../../_wallet/use-wallet'
import { useConnectDialog } from '../../../_wallet/wallet-provider'

const empty = { about: '', statement: '', isActive: true }

/** The reader's own statement to a space: written, changed, or taken off the list of those who take delegations. */
export function StatementEditor({ space }: { readonly space: string }) {
  const { address, connecting } = useWallet()
  const openConnect = useConnectDialog()
  const queries = useQueryClient()
  const toast = useToast()
  const account = useAccount(address)
  const { publishing, publish, reset } = usePublish()
  const [open, setOpen] = useState(false)
  const own = account.data?.statements.find((statement) => statement.space === space)
  const [draft, setDraft] = useState(empty)
  const label = own ? 'Change my statement' : 'Write a statement'
  if (!address) {
    return (
      <Button disabled={connecting} onClick={openConnect}>
        {label}
      </Button>
    )
  }

  async function sign() {
    if (!address) return
    const { about, statement, isActive } = draft
    const accepted = await publish(
      statementTypedData({
        from: address,
        space,
        timestamp: Math.floor(Date.now() / 1000),
        about: about.trim(),
        statement: statement.trim(),
        status: isActive ? 'ACTIVE' : 'INACTIVE',
      }),
    )
    if (!accepted) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['statements', space] }),
      queries.invalidateQueries({ queryKey: ['account', address] }),
    ])
    setOpen(false)
    toast('Your statement is published, with a receipt.')
  }

  return (
    <Overlay
      title="Your statement"
      description="Public and signed, and yours to change."
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) {
          setDraft(own ?? empty)
          reset()
        }
      }}
      trigger={<Button disabled={account.isLoading}>{label}</Button>}
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          sign()
        }}
      >
        <Field label="In a sentence" hint="At most 140 characters.">
          <Textarea
            rows={2}
            maxLength={140}
            value={draft.about}
            onChange={(event) => setDraft({ ...draft, about: event.target.value })}
          />
        </Field>
        <Field label="Statement" hint="Markdown. What you stand for, how you vote, where to reach you.">
          <Textarea
            rows={8}
            maxLength={10_000}
            value={draft.statement}
            onChange={(event) => setDraft({ ...draft, statement: event.target.value })}
          />
        </Field>
        <Checkbox
          label="I take delegations"
          checked={draft.isActive}
          onChange={(event) => setDraft({ ...draft, isActive: event.target.checked })}
        />
        {publishing.stage === 'idle' ? (
          <Button
            type="submit"
            look="primary"
            disabled={draft.about.trim() === '' && draft.statement.trim() === ''}
          >
            {words.signAndPublish}
          </Button>
        ) : (
          <Publication publishing={publishing} what="Your statement" onRetry={sign} />
        )}
      </form>
    </Overlay>
  )
}
