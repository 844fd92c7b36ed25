import { type BlockRef, fetchBlock } from '../../chain/blocks'
import { AppError, refuse } from '../../core/errors'
import { type ProposalPayload, parseProposal } from '../../core/messages/proposal'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import type { SpaceVoting } from '../../core/proposal/rule-for'
import { spaceVoting } from '../../core/proposal/space-voting'
import type { HexString } from '../../core/views/hex-string'
import { findExcess } from '../../db/log/find-excess'
import { closeProposal } from '../../jobs/definitions/close-proposal'
import { openProposal } from '../../jobs/definitions/open-proposal'
import { settleProposal } from '../../jobs/definitions/settle-proposal'
import { unixSeconds } from '../../platform/clock'
import { hasBlockedLink } from '../../services/moderation/has-blocked-link'
import { readBlocklist } from '../../services/moderation/read-blocklist'
import { type Limits, readLimits } from '../../services/options/read-limits'
import { hashFrozen } from '../../services/power/frozen-hash'
import { freezeStrategies } from '../../services/power/frozen-strategy'
import { validate } from '../../services/validation/validate'
import type { AskedExecution } from '../execution/asked-execution'
import { checkExecution } from '../execution/check-execution'
import { checkHome, getMessageSpace, type KnownSpace } from '../find-subject'
import type { IngestContext, Rule } from '../rule'
import { checkSettings } from './check-settings'
import { checkLength, checkPrivacy, freezeText, hasFittingChoices } from './check-text'
import { networkStart } from './network-starts'
import { proposalValidation } from './proposal-validation'

/** A new proposal: what decides it (strategies, rule, block) is copied from the space and frozen. */
export const proposal: Rule = async (ctx, message) => {
  const space = await getMessageSpace(ctx, message)
  return {
    chainId: Number(space.settings.network),
    async check(signed) {
      checkHome(space, 'space')
      const now = unixSeconds(ctx.clock)
      const { settings } = space
      const limits = await readLimits(ctx, { space })
      checkSpaceStill(ctx, space, limits)
      const payload = parseProposal(message.message)
      checkWindow(payload, space, message.timestamp, now)
      checkPrivacy(payload, space)
      const blocklist = await readBlocklist(ctx)
      if (blocklist.addresses.has(message.from)) refuse('invalid proposal, please contact support')
      const isMember = [settings.members, settings.admins, settings.moderators].some((list) =>
        list?.includes(message.from),
      )
      if (!isMember) await checkProposer(ctx, space, message.from)
      const snapshot = await fetchSnapshot(ctx, space, payload.snapshot)
      const most = isMember ? null : proposalLimits(limits)
      const excess = most && (await findExcess(ctx.db, { space: space.id, author: message.from, now }, most))
      if (excess) refuse(excess)
      checkLength(payload, limits)
      const execution = await checkExecution(ctx, { message, payload, space, signed, snapshot })
      const voting = spaceVoting(settings)
      const text = freezeText(payload, voting)
      const frozen = freezeSpace(space, voting)
      return {
        basis: { settingsId: space.settingsId },
        effect: {
          type: 'create-proposal',
          text: execution?.rule ? { ...text, rule: execution.rule } : text,
          app: payload.app,
          start: payload.start,
          end: payload.end,
          ...frozen,
          frozenHash: hashFrozen({ ...frozen, snapshot: snapshot.number }),
          snapshot,
          flagCode: hasBlockedLink(blocklist, payload.body) ? 1 : 0,
          executionHash: execution?.hash ?? null,
          treasury: execution?.treasury ?? null,
          module: execution?.module ?? null,
          limits: most,
        },
        jobs: jobsOf(message, payload, execution, new Date(ctx.clock.now())),
      }
    },
  }
}

/** What a proposal takes from its space. */
function freezeSpace({ settings, settingsId }: KnownSpace, { quorum = 0, quorumType }: SpaceVoting) {
  const { network, symbol = '', strategies, voteValidation = { name: 'any' } } = settings
  return {
    settingsId,
    network,
    symbol,
    quorum,
    strategies: freezeStrategies(settings, strategies),
    voteValidation: { params: {}, ...voteValidation },
    quorumType: quorum > 0 && quorumType === 'rejection' ? quorumType : '',
  } as const
}

function proposalLimits({ proposalsPerDay, proposalsPerMonth, openProposalsPerAuthor }: Limits) {
  return { perDay: proposalsPerDay, perMonth: proposalsPerMonth, openPerAuthor: openProposalsPerAuthor }
}

/** What this installation can do may have changed since the settings were accepted, and what is asked of a space. */
function checkSpaceStill(ctx: IngestContext, { settings, isHibernated }: KnownSpace, limits: Limits): void {
  if (isHibernated) refuse('invalid space settings: space hibernated')
  try {
    checkSettings(ctx, settings, limits)
  } catch (error) {
    if (error instanceof AppError) refuse(`invalid space settings: ${error.message}`)
    throw error
  }
}

function checkWindow(
  payload: ProposalPayload,
  { settings }: KnownSpace,
  timestamp: number,
  now: number,
): void {
  const { start, end, type } = payload
  const { delay, period, type: required } = settings.voting ?? {}
  if (end <= now) refuse('proposal end date must be in the future')
  if (!hasFittingChoices(payload)) refuse('wrong choices for basic type voting')
  if (delay && start !== timestamp + delay) refuse('invalid voting delay')
  if (period && end - start !== period) refuse('invalid voting period')
  if (required && type !== required) refuse('invalid voting type')
  // Snapshot takes it, and then nobody can vote.
  if (end <= start) refuse('proposal end date must be after its start date')
}

async function checkProposer(
  ctx: IngestContext,
  { id, settings }: KnownSpace,
  author: HexString,
): Promise<void> {
  if (settings.filters?.onlyMembers) refuse('only space authors can propose')
  const validation = proposalValidation(settings)
  if (!validation) return
  const { network, strategies } = settings
  const isMet = await validate(ctx, {
    validation,
    author,
    space: id,
    network,
    strategies,
    at: 'latest',
  }).catch((error) => rephrase(error, { message: 'failed to check validation' }))
  if (!isMet) refuse('validation failed')
}

async function fetchSnapshot(ctx: IngestContext, { settings }: KnownSpace, block: number): Promise<BlockRef> {
  if (block < networkStart(settings.network)) refuse('proposal snapshot must be after network start')
  return fetchBlock(ctx.chains, Number(settings.network), block).catch((error) =>
    rephrase(error, { message: 'unable to fetch block', whenInvalid: 'invalid snapshot block' }),
  )
}

/** Snapshot's words, on which its clients decide whether to try again. */
function rephrase(error: unknown, words: { message: string; whenInvalid?: string }): never {
  if (!(error instanceof AppError)) throw error
  const message = error.code === 'invalid' ? (words.whenInvalid ?? words.message) : words.message
  throw new AppError(error.code, { message, details: { reason: error.message }, cause: error })
}

function jobsOf(
  { id }: ResolvedMessage,
  { start, end }: ProposalPayload,
  execution: AskedExecution | null,
  now: Date,
) {
  return [
    openProposal.at(new Date(start * 1000), { proposal: id }),
    // Ballots are taken through the second `end`.
    closeProposal.at(new Date((end + 1) * 1000), { proposal: id }),
    ...(execution?.startsAtOnce ? [settleProposal.at(now, { proposal: id })] : []),
  ]
}
