import { ensChainId } from '../../chain/ens-name'
import { refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { parseSettings, type SpaceSettings } from '../../core/messages/settings'
import { parseSpaceId } from '../../core/messages/space-id'
import type { HexString } from '../../core/views/hex-string'
import { findDomainHolder } from '../../db/space/find-domain-holder'
import { findNameProblem } from '../../services/name/find-name-problem'
import { isKept } from '../../services/name/is-kept'
import { noteName } from '../../services/name/note-name'
import { readLimits } from '../../services/options/read-limits'
import { findKnownSpace, type KnownSpace } from '../find-subject'
import type { IngestContext, Rule } from '../rule'
import { checkNewer } from './check-newer'
import { checkSettings } from './check-settings'
import { fetchName } from './fetch-name'

/**
 * Creates a space or replaces its settings. A native id belongs to whoever claims it first; an ENS name's controller is
 * looked up each time, and a name that expired or may have changed hands does not carry the space with it.
 */
export const settings: Rule = async (ctx, message) => {
  const { id, kind } = parseSpaceId(String(message.message.space))
  const given = parseSettings(message.message)
  const space = await findKnownSpace(ctx, id)
  return {
    // A contract at an ENS controller's address on another chain than ENS's may be somebody else's.
    chainId: kind === 'ens' ? ensChainId(ctx.chains) : Number(space?.settings.network ?? given.network),
    async check() {
      if (space?.isDeleted) refuse('space deleted, contact admin')
      checkKinship(id, given)
      checkSettings(ctx, given, await readLimits(ctx, { space }))
      const domain = await checkDomain(ctx, id, given)
      checkLabels(given)
      const holder =
        kind === 'ens'
          ? await checkName(ctx, id, { author: message.from, space, given })
          : { controller: checkNative(ctx, message.from, space, given), owner: null, keptUntil: null }
      if (space) await checkNewer(ctx, message, { inForce: space.settingsId, what: 'settings' })
      return {
        basis: { settingsId: space?.settingsId ?? null },
        effect: {
          type: 'save-space',
          name: given.name,
          settings: complete(given),
          controller: holder.controller,
          domain,
          nameOwner: holder.owner,
          nameKeptUntil: holder.keptUntil,
        },
        jobs: [],
      }
    },
  }
}

/** What Snapshot adds to settings that leave it out. */
function complete({ delegationPortal, ...others }: SpaceSettings): SpaceSettings {
  if (!delegationPortal) return others
  return {
    ...others,
    delegationPortal: { ...delegationPortal, delegationNetwork: delegationPortal.delegationNetwork ?? '1' },
  }
}

interface Attempt {
  readonly author: HexString
  readonly space: KnownSpace | undefined
  readonly given: SpaceSettings
}

/** Who has a native space after this. Refuses who may not change it. */
function checkNative(
  { env }: IngestContext,
  author: HexString,
  space: KnownSpace | undefined,
  given: SpaceSettings,
): HexString {
  const controller = space?.controller ?? author
  if (!space && env.spaceCreation !== 'open' && !env.spaceCreation.includes(author)) refuse('not allowed')
  checkAuthority({ author, space, given }, controller)
  // A controller hands a native space over by naming another.
  const successor = namedController(given) ?? controller
  if (author !== controller && successor !== controller) refuse('not allowed change admins')
  return successor
}

/** Who owns and controls an ENS name now. Refuses whoever may not change its space, and everybody while that is frozen. */
async function checkName(ctx: IngestContext, id: string, attempt: Attempt) {
  const { space, author, given } = attempt
  const found = await fetchName(ctx, id)
  const { controller, owner } = found
  const problem = findNameProblem(found, space)
  const isHandedOver =
    problem?.kind === 'transferred' && author === space?.controller && namedController(given) === controller
  if (problem && space && !isHandedOver) {
    if (problem.text !== space.nameProblem) await noteName(ctx, space, found)
    refuse(problem.text)
  }
  if (controller === null) return refuse('not allowed')
  if (problem && !isHandedOver) refuse(problem.text)
  if (!isHandedOver) checkAuthority(attempt, controller)
  const isVouched = !space || author === space.controller || isKept(found, space)
  return { controller, owner, keptUntil: isVouched ? found.keptUntil : space.nameKeptUntil }
}

function namedController({ plugins }: SpaceSettings): HexString | undefined {
  const comitia = plugins?.comitia as { controller?: unknown } | null | undefined
  if (comitia?.controller === undefined) return undefined
  return checksumAddress(comitia.controller) ?? refuse('plugins.comitia.controller must be an address')
}

/** The controller may change everything, an admin everything but who the admins are. */
function checkAuthority({ author, space, given }: Attempt, controller: HexString): void {
  if (author === controller) return
  const admins = space?.settings.admins ?? []
  if (!admins.includes(author)) refuse('not allowed')
  if (JSON.stringify(given.admins ?? []) !== JSON.stringify(admins)) refuse('not allowed change admins')
}

function checkKinship(id: string, { parent, children }: SpaceSettings): void {
  if (parent?.toLowerCase() === id) refuse('space cannot be its own parent')
  if (children?.some((child) => child.toLowerCase() === id)) refuse('space cannot be its own child')
}

/** The web address as it is kept: one space has it. */
async function checkDomain(
  { db }: IngestContext,
  space: string,
  given: SpaceSettings,
): Promise<string | null> {
  const domain = given.domain?.replace(/^https:\/\//, '').replace(/\/$/, '') || null
  if (domain && (await findDomainHolder(db, { domain, space }))) refuse('domain already taken')
  return domain
}

function checkLabels({ labels = [] }: SpaceSettings): void {
  const hasRepeats = (names: readonly string[]) => new Set(names).size < names.length
  if (hasRepeats(labels.map((label) => label.id))) refuse('duplicate label id')
  if (hasRepeats(labels.map((label) => label.name.toLowerCase()))) refuse('duplicate label name')
}
