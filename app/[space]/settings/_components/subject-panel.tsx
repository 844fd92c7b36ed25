'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { settingsTypedData } from '../../../../lib/client/typed-data'
import type { SpaceSettings } from '../../../../lib/core/messages/settings'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { Publication } from '../../../_components/publication'
import { ChangeList } from '../../../_components/space/forms/change-list'
import { describeChanges } from '../../../_components/space/forms/describe-changes'
import { DraftState } from '../../../_components/space/forms/draft-state'
import { clean, settingsProblems } from '../../../_components/space/forms/settings-problems'
import type { Subject } from '../../../_components/space/forms/subject'
import { useKept } from '../../../_components/space/forms/use-kept'
import { useNames } from '../../../_components/space/forms/use-names'
import { spaceSettings } from '../../../_components/space/space-settings'
import { Address } from '../../../_components/ui/address'
import { Button } from '../../../_components/ui/button'
import { Notice } from '../../../_components/ui/notice'
import { Overlay } from '../../../_components/ui/overlay'
import { Panel } from '../../../_components/ui/panel'
import { Time } from '../../../_components/ui/time'
import { useToast } from '../../../_components/ui/toast'
import { usePublish } from '../../../_wallet/use-publish'
import { useWallet } from '../../../_wallet/use-wallet'

interface Edited {
  readonly settings: SpaceSettings
  /** The settings message it was typed over. */
  readonly version: string
}

/** One subject's form: current values, who changed them last, a review before signing. */
export function SubjectPanel({
  space,
  subject,
  mayChange,
}: {
  readonly space: SpaceView
  readonly subject: Subject
  readonly mayChange: boolean
}) {
  const wallet = useWallet()
  const queries = useQueryClient()
  const toast = useToast()
  const { publishing, publish, reset } = usePublish()
  const settings = spaceSettings(space)
  const version = space.history[0]?.id ?? ''
  // What is typed outlives what others sign meanwhile; an untouched form follows it.
  const [edited, setEdited] = useState<Edited | null>(null)
  const names = useNames()
  const { found, keeping, keep, forget } = useKept(`comitia.draft.${space.id}.settings.${subject.id}`)
  // Forms hold some of what is typed themselves: with another draft they begin anew.
  const [round, setRound] = useState(0)
  const begin = (draft: Edited | null) => {
    setEdited(draft)
    setRound((current) => current + 1)
  }
  const discard = () => {
    begin(null)
    forget()
  }
  const kept = found as Edited | null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was kept
  useEffect(() => {
    if (kept?.version === version) begin(kept)
  }, [kept])
  const [reviewing, setReviewing] = useState(false)

  const draft = edited?.settings ?? settings
  const next = withKeys(settings, draft, subject.keys)
  const changes = describeChanges(settings, next, names)
  // Made over other settings than those in force: whoever made it decides whether it still fits.
  const isOffered =
    kept !== null &&
    kept.version !== version &&
    edited?.version !== kept.version &&
    describeChanges(settings, withKeys(settings, kept.settings, subject.keys), names).length > 0
  const problems = changes.length > 0 ? settingsProblems(next) : []
  const last = space.history.find(({ changed }) => subject.keys.some((key) => changed.includes(key)))
  const busy =
    publishing.stage === 'signing' || publishing.stage === 'sent' || publishing.stage === 'accepted'

  async function sign() {
    if (!wallet.address) return
    const accepted = await publish(
      settingsTypedData({
        from: wallet.address,
        space: space.id,
        timestamp: Math.floor(Date.now() / 1000),
        settings: JSON.stringify(clean(next)),
      }),
    )
    if (!accepted) return
    await queries.invalidateQueries({ queryKey: ['space', space.id] })
    discard()
    setReviewing(false)
    toast(`${subject.title}: saved, with a receipt.`)
  }

  return (
    <Panel title={subject.title}>
      <p className="mb-3 text-muted">
        {subject.description}
        {last && (
          <span className="block text-small">
            Changed by <Address address={last.by} copy={false} picture={false} person /> <Time at={last.at} />
            .
          </span>
        )}
      </p>
      {isOffered && (
        <Notice title="An unsigned change is kept in this browser" className="mb-3">
          <p>The settings have been changed since it was typed.</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button onClick={() => begin(kept)}>Put it in the form</Button>
            <Button onClick={discard}>Throw it away</Button>
          </div>
        </Notice>
      )}
      <subject.Fields
        key={`${edited?.version ?? version} ${round}`}
        settings={draft}
        space={space.id}
        onChange={(changed) => {
          const draft = { settings: changed, version: edited?.version ?? version }
          setEdited(draft)
          keep(draft)
        }}
      />
      {problems.length > 0 && (
        <ul aria-live="polite" className="mt-3 list-disc pl-5 text-against text-small">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Overlay
          title={`Change ${subject.title.toLowerCase()}`}
          open={reviewing}
          onOpenChange={(open) => {
            setReviewing(open)
            if (open) reset()
          }}
          trigger={
            <Button disabled={!mayChange || changes.length === 0 || problems.length > 0}>
              Review changes
            </Button>
          }
        >
          <ChangeList changes={changes} />
          <div className="mt-4 flex flex-col gap-3">
            {publishing.stage !== 'idle' && (
              <Publication publishing={publishing} what="The change" onRetry={sign} />
            )}
            {!busy && publishing.stage !== 'failed' && (
              <Button look="primary" onClick={sign}>
                Sign changes
              </Button>
            )}
          </div>
        </Overlay>
        <span className="text-muted text-small" aria-live="polite">
          {changes.length === 0
            ? 'No changes'
            : mayChange
              ? `${changes.length} ${changes.length === 1 ? 'change' : 'changes'} not signed yet`
              : subject.controllerOnly
                ? 'Only the controller can change this'
                : 'Connect the controller or an admin to sign'}
        </span>
        {changes.length > 0 && <DraftState keeping={keeping} onDiscard={discard} />}
      </div>
    </Panel>
  )
}

/** `base` with one subject's keys taken from `draft`: forms of other subjects stay out of what is signed. */
function withKeys(base: SpaceSettings, draft: SpaceSettings, keys: Subject['keys']): SpaceSettings {
  const rest = Object.fromEntries(
    Object.entries(base).filter(([key]) => !keys.includes(key as keyof SpaceSettings)),
  )
  const own = Object.fromEntries(
    Object.entries(draft).filter(([key]) => keys.includes(key as keyof SpaceSettings)),
  )
  return { ...rest, ...own } as SpaceSettings
}
