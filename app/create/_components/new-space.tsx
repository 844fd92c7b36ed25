'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { settingsTypedData } from '../../../lib/client/typed-data'
import type { SpaceSettings } from '../../../lib/core/messages/settings'
import { useInstallation } from '../../_components/installation'
import { Publication } from '../../_components/publication'
import { DraftState } from '../../_components/space/forms/draft-state'
import { clean, settingsProblems } from '../../_components/space/forms/settings-problems'
import {
  profile,
  proposers,
  strategies,
  treasuries,
  voters,
  voting,
} from '../../_components/space/forms/subjects'
import { useKept } from '../../_components/space/forms/use-kept'
import { Button } from '../../_components/ui/button'
import { Field, Input } from '../../_components/ui/field'
import { Panel } from '../../_components/ui/panel'
import { useToast } from '../../_components/ui/toast'
import { words } from '../../_components/words'
import { usePublish } from '../../_wallet/use-publish'
import { useWallet } from '../../_wallet/use-wallet'
import { useConnectDialog } from '../../_wallet/wallet-provider'
import { useIdAvailability } from './use-id-availability'

const subjects = [profile, strategies, voting, proposers, voters, treasuries]

interface Draft {
  readonly settings: SpaceSettings
  /** Null: the id follows the name. */
  readonly typedId: string | null
}

/** A space of one's own: the first valid settings message claims the id, and its signer controls it. */
export function NewSpace() {
  const { chains, demo, spaceCreation } = useInstallation()
  const wallet = useWallet()
  const openConnect = useConnectDialog()
  const router = useRouter()
  const toast = useToast()
  const { publishing, publish } = usePublish()
  const network = String(demo?.chainId ?? chains[0]?.id ?? 1)
  const [empty] = useState<Draft>({
    settings: { name: '', network, strategies: [{ name: 'erc20-votes', network, params: {} }] },
    typedId: null,
  })
  const { found, keeping, keep, forget } = useKept('comitia.draft.new-space')
  const [{ settings, typedId }, setDraft] = useState(empty)
  // Forms hold some of what is typed themselves: with another draft they begin anew.
  const [round, setRound] = useState(0)
  const begin = (draft: Draft) => {
    setDraft(draft)
    setRound((current) => current + 1)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was kept
  useEffect(() => {
    if (found !== null) begin({ ...empty, ...(found as Partial<Draft>) })
  }, [found])
  const change = (part: Partial<Draft>) => {
    const next = { settings, typedId, ...part }
    setDraft(next)
    keep(next)
  }
  const id = typedId ?? slug(settings.name)
  const availability = useIdAvailability(id)

  const excluded =
    wallet.address !== null && spaceCreation !== 'open' && !spaceCreation.includes(wallet.address)
  const problems = [
    ...(settings.name.trim() === '' ? [] : settingsProblems(settings)),
    ...(excluded ? ['This server lets only certain accounts make spaces, and this is not one of them.'] : []),
  ]
  const ready = settings.name.trim() !== '' && problems.length === 0 && availability.state === 'free'
  const busy = ['signing', 'sent', 'accepted'].includes(publishing.stage)

  async function sign() {
    if (!wallet.address) return
    const accepted = await publish(
      settingsTypedData({
        from: wallet.address,
        space: id,
        timestamp: Math.floor(Date.now() / 1000),
        settings: JSON.stringify(clean(settings)),
      }),
    )
    if (!accepted) return
    forget()
    toast(`${settings.name} is yours. Make its first proposal.`)
    router.push(`/${id}`)
  }

  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <div>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h1 className="text-title">{words.newSpace}</h1>
          <DraftState
            keeping={keeping}
            onDiscard={() => {
              forget()
              begin(empty)
            }}
          />
        </div>
        <p className="mt-1 text-muted">
          Whoever signs this controls the space. Everything but the id can be changed later.
        </p>
      </div>
      {subjects.map((subject) => (
        <Panel key={subject.id} title={subject.title}>
          <p className="mb-3 text-muted">{subject.description}</p>
          <subject.Fields
            key={round}
            settings={settings}
            onChange={(next) => change({ settings: next })}
            space={id}
          />
          {subject === profile && (
            <Field
              label="Id"
              className="mt-4"
              hint={<span aria-live="polite">{availability.words}</span>}
              error={
                availability.state === 'wrong' || availability.state === 'taken' ? availability.words : null
              }
            >
              <Input
                className="font-mono"
                spellCheck={false}
                maxLength={63}
                value={id}
                onChange={(event) => change({ typedId: event.target.value.trim().toLowerCase() })}
              />
            </Field>
          )}
        </Panel>
      ))}
      <Panel title="Publish">
        {problems.length > 0 && (
          <ul aria-live="polite" className="mb-3 list-disc pl-5 text-against text-small">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {publishing.stage !== 'idle' && (
          <Publication publishing={publishing} what="Your space" onRetry={sign} />
        )}
        {!wallet.address ? (
          <Button look="primary" onClick={openConnect}>
            {words.connectWallet}
          </Button>
        ) : (
          !busy &&
          publishing.stage !== 'failed' && (
            <Button look="primary" disabled={!ready} onClick={sign}>
              {words.signAndPublish}
            </Button>
          )
        )}
        {settings.name.trim() === '' && (
          <p className="mt-2 text-muted text-small">Give the space a name first.</p>
        )}
      </Panel>
    </div>
  )
}

/** "Gardeners of the commons" as an id: gardeners-of-the-commons. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
}
