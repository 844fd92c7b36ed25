'use client'
import { useQuery } from '@tanstack/react-query'
import { parseUnits } from 'viem'
import { formatUnits } from '../../../../lib/core/proposal/format-units'
import type { SpaceView } from '../../../../lib/core/views/space-view'
import { api } from '../../../_components/api'
import { spaceSettings } from '../../../_components/space/space-settings'
import { useWallet } from '../../../_wallet/use-wallet'

/** Why the connected account may not propose in a space; null when it may, undefined while that is being found out. */
export function useMayPropose(space: SpaceView): string | null | undefined {
  const { address } = useWallet()
  const { filters, validation } = spaceSettings(space)
  const isMember = [...space.members, ...space.admins, ...space.moderators].some(
    (member) => member === address,
  )
  const least =
    validation?.name === 'any' ? 0 : Number(validation?.params?.minScore ?? filters?.minScore ?? 0)
  const asksForPower = !isMember && !filters?.onlyMembers && least > 0
  const power = useQuery({
    queryKey: ['space-power', space.id, address],
    queryFn: () => api.spacePower(space.id, address ?? ''),
    enabled: address !== null && asksForPower,
  })
  if (address === null) return 'Connect a wallet.'
  if (isMember) return null
  if (filters?.onlyMembers) return 'Only members of this space may propose.'
  if (!asksForPower) return null
  if (power.isError) return 'Your votes could not be read. Reload the page to try again.'
  if (!power.data) return undefined
  const required = parseUnits(String(least), 18)
  if (power.data.state === 'known' && BigInt(power.data.total) >= required) return null
  return `This space asks for ${formatUnits(required)} ${space.symbol || 'votes'}; you have ${formatUnits(BigInt(power.data.total))}.`
}
