import { refuse } from '../errors'
import * as systems from './systems'
import type { VotingSystem } from './voting-system'

export type VotingSystemId = (typeof systems)[keyof typeof systems]['id']

/** Every voting system there is. */
export const votingSystems: readonly VotingSystem<VotingSystemId>[] = Object.values(systems)

export function findVotingSystem(id: string): VotingSystem<VotingSystemId> | undefined {
  return votingSystems.find((system) => system.id === id)
}

/** Refuses an unknown id with Snapshot's words. */
export function getVotingSystem(id: string): VotingSystem<VotingSystemId> {
  return findVotingSystem(id) ?? refuse('invalid voting type', { id })
}
