import { z } from 'zod'
import { refuse } from '../errors'
import type { SpaceSettings } from '../messages/settings'
import type { SpaceVoting } from './rule-for'

/** Snapshot's former plugin `quorum`, where it is a number. What contracts tell is no part of any signed text. */
const staticQuorum = z.object({ strategy: z.literal('static'), total: z.coerce.number().min(0) })

/**
 * What decides by a space's settings: `voting`, and as its quorum the former plugin's unless it has one. Refuses a plugin
 * that reads its quorum from a chain with `unable to get quorum`.
 */
export function spaceVoting({
  voting = {},
  plugins,
}: Pick<SpaceSettings, 'voting' | 'plugins'>): SpaceVoting {
  if (voting.quorum || plugins?.quorum === undefined) return voting
  const plugin = staticQuorum.safeParse(plugins.quorum)
  if (plugin.success) return { ...voting, quorum: plugin.data.total }
  const reason = 'The plugin "quorum" has to be of the strategy "static": put the quorum into voting.quorum.'
  return refuse('unable to get quorum', { reason })
}
