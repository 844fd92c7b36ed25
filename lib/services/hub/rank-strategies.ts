import { describeStrategies } from '../score/describe-strategies'
import type { HubRequest } from './hub-request'
import { rankSpaces } from './rank-spaces'

/** Every source of voting power in its newest version, the most used first. */
export async function rankStrategies(hub: HubRequest) {
  const spaces = [...(await rankSpaces(hub)).values()]
  return Object.entries(describeStrategies(hub.ctx))
    .map(([id, description]) => {
      const users = spaces.filter((space) => space.strategies.includes(id))
      const override = 'dependOnOtherAddress' in description && description.dependOnOtherAddress === true
      return {
        ...description,
        id,
        override,
        spacesCount: users.length,
        verifiedSpacesCount: users.filter(({ verified }) => verified).length,
      }
    })
    .sort((a, b) => b.verifiedSpacesCount - a.verifiedSpacesCount || b.spacesCount - a.spacesCount)
}
