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
import type { ModuleChoice } from './executor-options'
import { signingMoment } from './signing-moment'

/** Stores the calls, reads the newest block, signs, sends, goes there. */
export function usePublishProposal({
  space,
  draft,
  choices,
  treasury,
  module,
  built,
  onPublished,
}: {
  readonly space: SpaceView
  readonly draft: ProposalDraft
  readonly choices: readonly string[]
  readonly treasury: SpaceView['treasuries'][number] | null
  readonly module: ModuleChoice | null
  readonly built: readonly BuiltCall[]
  readonly onPublished: () => void
}) {
  const wallet = useWallet()
  const router = useRouter()
  const toast = useToast()
  const { publishing, publish } = usePublish()
  const [preparation, setPreparation] = useState<{ busy: boolean; error: unknown }>({
    busy: false,
    error: null,
  })

  async function run() {
    const from = wallet.address
    if (!from || preparation.busy) return
    setPreparation({ busy: true, error: null })
    try {
      if (module) await requireSameConfig(space.id, module)
      const plugins = await storeCalls(treasury, module, built)
      const now = Math.floor(Date.now() / 1000)
      const newest = await api.snapshotBlock(space.id)
      const { timestamp, snapshot } = signingMoment(newest, now, module?.tally.clock ?? null)
      const message = proposalTypedData({
        from,
        space: space.id,
        timestamp,
        type: draft.type,
        title: draft.title.trim(),
        body: draft.body,
        discussion: draft.discussion.trim(),
        choices,
        ...draftPeriod(draft, space.voting, now),
        snapshot,
        plugins,
        app: 'comitia',
      })
      const accepted = await publish(message)
      if (!accepted) {
        setPreparation({ busy: false, error: null })
        return
      }
      onPublished()
      toast('Your proposal is published.')
      router.push(`/${space.id}/proposal/${accepted.id}`)
    } catch (error) {
      setPreparation({ busy: false, error })
    }
  }
  return { publishing, preparation, publish: run }
}

/** @throws when the module's config is not the one that was shown: the rule may be another */
async function requireSameConfig(space: string, { address, tally }: ModuleChoice): Promise<void> {
  const { treasuries } = await api.treasury(space)
  const now = treasuries.flatMap(({ modules }) => modules).find((module) => module.address === address)
  if (now?.tally?.configHash !== tally.configHash) {
    throw new Error(
      'The module’s config has changed since this page was loaded. Reload it and look at the rule again; nothing was signed.',
    )
  }
}

/** @returns the `plugins` text to sign */
async function storeCalls(
  treasury: SpaceView['treasuries'][number] | null,
  module: ModuleChoice | null,
  built: readonly BuiltCall[],
): Promise<string> {
  if (!treasury || built.length === 0) return '{}'
  const calls = built.flatMap((entry) => (entry.call ? [{ ...entry.call, signature: entry.signature }] : []))
  const chainId = Number(treasury.network)
  const verifyingContract = module?.address ?? treasury.address
  const { hash } = await api.storeExecution({
    chainId,
    ...(module ? { module: module.address } : { safe: treasury.address }),
    calls: calls.map((call) => ({ ...call, value: call.value.toString() })),
  })
  if (hash !== executionHash({ chainId, verifyingContract, calls })) {
    throw new Error('The server stored other calls than those on this page. Nothing was signed.')
  }
  return buildPlugins({
    chainId,
    executionHash: hash,
    ...(module ? { module: module.address, config: module.tally.configHash } : { safe: treasury.address }),
  })
}
