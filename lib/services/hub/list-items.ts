import { nameChain } from '../../chain/name-chain'
import type { HubRequest } from './hub-request'
import { rankSpaces } from './rank-spaces'

type Fact = 'plugins' | 'validation' | 'skin'

/** What spaces use, the most used first. `offered` is listed also where nobody uses it. */
export async function listItems(hub: HubRequest, fact: Fact, offered: readonly string[] = []) {
  const counts = new Map(offered.map((id) => [id, 0]))
  for (const space of (await rankSpaces(hub)).values()) {
    for (const id of [space[fact]].flat()) if (id) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts]
    .map(([id, spacesCount]) => ({ id, spacesCount }))
    .sort((a, b) => b.spacesCount - a.spacesCount || (a.id < b.id ? -1 : 1))
}

/** The chains that this installation reads. */
export async function listNetworks(hub: HubRequest) {
  const spaces = [...(await rankSpaces(hub)).values()]
  return hub.ctx.chains.ids.map((id) => ({
    id: String(id),
    name: nameChain(id).name,
    premium: true,
    spacesCount: spaces.filter(({ networks }) => networks.includes(String(id))).length,
  }))
}
