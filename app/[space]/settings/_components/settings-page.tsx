'use client'
import { useQuery } from '@tanstack/react-query'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { api } from '../../../_components/api'
import {
  people,
  profile,
  proposers,
  strategies,
  treasuries,
  voters,
  voting,
} from '../../../_components/space/forms/subjects'
import { FrozenSettings } from '../../../_components/space/frozen-settings'
import { Address } from '../../../_components/ui/address'
import { Notice } from '../../../_components/ui/notice'
import { useWallet } from '../../../_wallet/use-wallet'
import { DeleteSpace } from './delete-space'
import { SubjectPanel } from './subject-panel'

const subjects = [profile, strategies, voting, proposers, voters, treasuries, people]

/** A space's settings, one form per subject, each signed by itself. */
export function SettingsPage({ initial }: { readonly initial: SpaceView }) {
  const { address } = useWallet()
  const query = useQuery({
    queryKey: ['space', initial.id],
    queryFn: () => api.space(initial.id),
    initialData: initial,
    staleTime: 0,
  })
  const space = query.data
  const isController = address === space.controller
  const isFrozen = space.nameProblem !== null
  const isAdmin = space.admins.some((admin) => admin === address)
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <div>
        <h1 className="text-title">Settings</h1>
        <p className="mt-1 text-muted">
          Every change is a signed message in the log. Proposals keep the settings they were made under.
        </p>
      </div>
      {isFrozen && <FrozenSettings problem={space.nameProblem} />}
      {!isController && !isAdmin && (
        <Notice
          title={address ? 'This account cannot change the settings' : 'Connect to change the settings'}
        >
          <p className="flex flex-wrap items-center gap-x-1.5">
            The controller can: <Address address={space.controller} person />
            {space.admins.length > 0 && <span>Admins too:</span>}
            {space.admins.map((admin) => (
              <Address key={admin} address={admin} person />
            ))}
          </p>
        </Notice>
      )}
      {subjects.map((subject) => (
        <SubjectPanel
          key={subject.id}
          space={space}
          subject={subject}
          mayChange={!isFrozen && (isController || (isAdmin && !subject.controllerOnly))}
        />
      ))}
      {isController && <DeleteSpace space={space} />}
    </div>
  )
}
