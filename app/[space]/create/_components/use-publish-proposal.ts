'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { proposalTypedData } from '../../../../lib/client/typed-data'
import { executionHash } from '../../../../lib/core/settlement/batch'
import { buildPlugins } from '../../../../lib/core/settlement/plugins'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { api } from '../../../_components/api'
import { useToast } from '../../../_components/ui/toast'
import { usePublish } from '../../../_wallet/use-publish'
import { useWallet } from '../../../_wallet/use-wallet'
import type { BuiltCall } from './call-draft'
import { draftPeriod, type ProposalDraft } from './draft'

/** Stores the calls, reads the newest block, signs, sends, waits until it can be read back, goes there. */
export function usePublishProposal({
  space,
  draft,
  choices,
  treasury,
  built,
  onPublished,
}: {
  readonly space: SpaceView
  readonly draft: ProposalDraft
  readonly choices: readonly string[]
  readonly treasury: SpaceView['treasuries'][number] | null
  readonly built: readonly BuiltCall[]
  readonly onPublished: () => void
}) {
  const wallet = useWallet()
  const router = useRouter()
  const toast = useToast()
  const { publishing, publish } = usePublish()
  const [preparation, setPreparation] = useState<{ busy: boolean; logged: boolean; error: unknown }>({
    busy: false,
    logged: false,
    error: null,
  })

  async function run() {
    const from = wallet.address
    if (!from || preparation.busy) return
    setPreparation({ busy: true, logged: false, error: null })
    try {
      const plugins = await storeCalls(treasury, built)
      const { number } = await api.snapshotBlock(space.id)
      const timestamp = Math.floor(Date.now() / 1000)
      const message = proposalTypedData({
        from,
        space: space.id,
        timestamp,
        type: draft.type,
        title: draft.title.trim(),
        body: draft.body,
        discussion: draft.discussion.trim(),
        choices,
        ...draftPeriod(draft, space.voting, timestamp),
        snapshot: number,
        plugins,
        app: 'comitia',
      })
      const accepted = await publish(message)
      if (!accepted) {
        setPreparation({ busy: false, logged: false, error: null })
        return
      }
      // Accepted is accepted: whether it can be read back at once decides only what is said.
      const readBack = await api.proposal(accepted.id).catch(() => null)
      setPreparation({ busy: true, logged: readBack !== null, error: null })
      onPublished()
      toast('Your proposal is published.')
      router.push(`/${space.id}/proposal/${accepted.id}`)
    } catch (error) {
      setPreparation({ busy: false, logged: false, error })
    }
  }
  return { publishing, preparation, publish: run }
}

/** @returns the `plugins` text to sign */
async function storeCalls(
  treasury: SpaceView['treasuries'][number] | null,
  built: readonly BuiltCall[],
): Promise<string> {
  if (!treasury || built.length === 0) return '{}'
  const calls = built.flatMap((entry) => (entry.call ? [{ ...entry.call, signature: entry.signature }] : []))
  const chainId = Number(treasury.network)
  const { hash } = await api.storeExecution({
    chainId,
    safe: treasury.address,
    calls: calls.map((call) => ({ ...call, value: call.value.toString() })),
  })
  if (hash !== executionHash({ chainId, verifyingContract: treasury.address, calls })) {
    throw new Error('The server stored other calls than those on this page. Nothing was signed.')
  }
  return buildPlugins({ chainId, safe: treasury.address, executionHash: hash })
}
