import { fetchSpaceController } from '../../chain/ens-controller'
import { AppError, refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { parseSettings, type SpaceSettings } from '../../core/messages/settings'
import { parseSpaceId } from '../../core/messages/space-id'
import type { HexString } from '../../core/views/hex-string'
import { findKnownSpace, type KnownSpace } from '../find-subject'
import type { IngestContext, Rule } from '../rule'
import { checkNewer } from './check-newer'
import { checkSettings } from './check-settings'

/**
 * Creates a space or replaces its settings. A native id belongs to whoever claims it first; an ENS name's controller is
 * looked up each time. Admins may change everything but who the admins and the controller are.
 */
export const settings: Rule = async (ctx, message) => {
  const { id, kind } = parseSpaceId(String(message.message.space))
  const given = parseSettings(message.message)
  const space = await findKnownSpace(ctx, id)
  return {
    // A contract at an ENS controller's address on another chain than ENS's may be somebody else's.
    chainId: kind === 'ens' ? ensChainId(ctx) : Number(space?.settings.network ?? given.network),
    async check() {
      checkKinship(id, given)
      checkSettings(ctx, given)
      checkLabels(given)
      const controller =
        kind === 'ens' ? await fetchController(ctx, id) : (space?.controller ?? claim(ctx, message.from))
      checkAuthority(message.from, controller, space, given)
      if (space) await checkNewer(ctx, message, { inForce: space.settingsId, what: 'settings' })
      return {
        basis: { settingsId: space?.settingsId ?? null },
        effect: {
          type: 'save-space',
          name: given.name,
          settings: given,
          controller: kind === 'native' ? successorOf(controller, given) : controller,
          domain: given.domain?.replace(/^https:\/\//, '').replace(/\/$/, '') || null,
          nameOwner: null,
        },
        jobs: [],
      }
    },
  }
}

function ensChainId({ chains }: IngestContext): number {
  return chains.has(1) || !chains.has(11155111) ? 1 : 11155111
}

async function fetchController(ctx: IngestContext, id: string): Promise<HexString> {
  try {
    const controller = await fetchSpaceController(ctx.chains, id)
    return controller?.address ?? refuse('not allowed')
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'controller_unknown') throw cause
    throw new AppError('controller_unknown', { message: 'unable to resolve space controller', cause })
  }
}

function claim({ env }: IngestContext, author: HexString): HexString {
  if (env.spaceCreation !== 'open' && !env.spaceCreation.includes(author)) refuse('not allowed')
  return author
}

/** A controller hands a native space over by naming another in `plugins.comitia.controller`. */
function successorOf(controller: HexString, { plugins }: SpaceSettings): HexString {
  const comitia = plugins?.comitia as { controller?: unknown } | null | undefined
  if (comitia?.controller === undefined) return controller
  return checksumAddress(comitia.controller) ?? refuse('plugins.comitia.controller must be an address')
}

function checkAuthority(
  author: HexString,
  controller: HexString,
  space: KnownSpace | undefined,
  given: SpaceSettings,
): void {
  if (author === controller) return
  const admins = space?.settings.admins ?? []
  if (!admins.includes(author)) refuse('not allowed')
  const isSame = JSON.stringify(given.admins ?? []) === JSON.stringify(admins)
  if (!isSame || successorOf(controller, given) !== controller) refuse('not allowed change admins')
}

function checkKinship(id: string, { parent, children }: SpaceSettings): void {
  if (parent?.toLowerCase() === id) refuse('space cannot be its own parent')
  if (children?.some((child) => child.toLowerCase() === id)) refuse('space cannot be its own child')
}

function checkLabels({ labels = [] }: SpaceSettings): void {
  const hasRepeats = (names: readonly string[]) => new Set(names).size < names.length
  if (hasRepeats(labels.map((label) => label.id))) refuse('duplicate label id')
  if (hasRepeats(labels.map((label) => label.name.toLowerCase()))) refuse('duplicate label name')
}
