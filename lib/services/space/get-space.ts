import { isDeepStrictEqual } from 'node:util'
import { statedFields } from '../../core/messages/imported-envelope'
import { parseJsonObject } from '../../core/messages/payload-fields'
import type { SpaceSettings } from '../../core/messages/settings'
import type { HexString } from '../../core/views/hex-string'
import type { StrategyView } from '../../core/views/proposal-view'
import type { SpaceView } from '../../core/views/space-view'
import { listSettingsMessages } from '../../db/message/list-settings-messages'
import { countActiveProposals } from '../../db/space/count-active-proposals'
import { secondsOf, unixSeconds } from '../../platform/clock'
import { findStrategy } from '../../strategies/registry'
import type { Context } from '../context'
import { viewStrategies } from '../proposal/view-strategies'
import { getSpaceRow } from './get-space-row'
import { settingsOf } from './settings-of'
import { viewSpaceSummary } from './view-space-summary'

const historyLength = 20

/** Everything a space's pages show. Throws `not_found` and `gone`. */
export async function getSpace(ctx: Context, id: string): Promise<SpaceView> {
  const row = await getSpaceRow(ctx, id)
  const [active, messages] = await Promise.all([
    countActiveProposals(ctx.db, [id], unixSeconds(ctx.clock)),
    // One more than shown, to tell what the oldest one shown has changed.
    listSettingsMessages(ctx.db, id, historyLength + 1),
  ])
  const settings = settingsOf(row)
  const voting = settings.voting ?? {}
  return {
    ...viewSpaceSummary(row, active.get(id) ?? 0),
    network: settings.network,
    website: settings.website ?? '',
    controller: row.controller as HexString,
    admins: settings.admins ?? [],
    moderators: settings.moderators ?? [],
    members: settings.members ?? [],
    strategies: strategiesOf(settings),
    voting: {
      delay: voting.delay ?? null,
      period: voting.period ?? null,
      type: voting.type || null,
      quorum: voting.quorum ?? null,
      quorumType: voting.quorumType ?? 'default',
      hideAbstain: voting.hideAbstain ?? false,
    },
    treasuries: settings.treasuries ?? [],
    nameProblem: row.nameProblem,
    settings,
    createdAt: secondsOf(row.createdAt),
    updatedAt: secondsOf(row.updatedAt),
    history: messages.slice(0, historyLength).map((message, index) => ({
      id: message.id as HexString,
      by: message.author as HexString,
      at: secondsOf(message.acceptedAt),
      changed: changedKeys(signedSettings(message.envelope), signedSettings(messages[index + 1]?.envelope)),
    })),
  }
}

function strategiesOf(settings: SpaceSettings): StrategyView[] {
  return viewStrategies(
    settings.strategies.map(({ name, network, params }) => ({
      id: name,
      version: findStrategy(name)?.version ?? 0,
      network: network ?? settings.network,
      params,
    })),
  )
}

/** What a settings message said; nothing before the first. */
function signedSettings(envelope: string | undefined): Record<string, unknown> {
  return envelope === undefined ? {} : parseJsonObject(statedFields(envelope).settings)
}

function changedKeys(now: Record<string, unknown>, before: Record<string, unknown>): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return keys.filter((key) => !isDeepStrictEqual(now[key], before[key]))
}
