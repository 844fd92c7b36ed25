'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { updateProposalTypedData } from '../../../../lib/client/typed-data'
import type { ProposalView } from '../../../../lib/core/views/proposal-view'
import { useToast } from '../../../_components/ui/toast'
import { usePublish } from '../../../_wallet/use-publish'
import { useWallet } from '../../../_wallet/use-wallet'
import type { ProposalDraft } from './draft'

/** Signs a new text for a proposal, sends it, goes back there. What no form shows stays as it was signed. */
export function usePublishEdit(
  { id, space, labels, plugins }: ProposalView,
  draft: ProposalDraft,
  choices: readonly string[],
) {
  const { address } = useWallet()
  const router = useRouter()
  const queries = useQueryClient()
  const toast = useToast()
  const { publishing, publish } = usePublish()
  const text = useMemo(
    () => ({
      space,
      proposal: id,
      type: draft.type,
      title: draft.title.trim(),
      body: draft.body,
      discussion: draft.discussion.trim(),
      choices,
      labels,
      plugins: JSON.stringify(plugins),
    }),
    [id, space, labels, plugins, draft, choices],
  )

  async function run() {
    if (!address) return
    const timestamp = Math.floor(Date.now() / 1000)
    if (!(await publish(updateProposalTypedData({ ...text, from: address, timestamp })))) return
    toast('Your edit is published.')
    // Its page is to begin with the new text.
    queries.removeQueries({ queryKey: ['proposal', id] })
    router.push(`/${space}/proposal/${id}`)
  }
  return { text, publishing, publish: run }
}
