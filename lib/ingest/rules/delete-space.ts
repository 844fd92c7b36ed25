import { ensChainId } from '../../chain/ens-name'
import { refuse } from '../../core/errors'
import { signedTime } from '../../core/messages/signed-time'
import { parseSpaceId } from '../../core/messages/space-id'
import type { HexString } from '../../core/views/hex-string'
import { findNameProblem } from '../../services/name/find-name-problem'
import { checkHome, findKnownSpace, type KnownSpace } from '../find-subject'
import type { IngestContext, Rule } from '../rule'
import { checkRows } from './check-rows'
import { fetchName } from './fetch-name'

/** Deletes a space for good, by its controller alone. What was decided in it stays for whoever checks it. */
export const deleteSpace: Rule = async (ctx, message) => {
  const { id, kind } = parseSpaceId(String(message.message.space))
  const space = await findKnownSpace(ctx, id)
  if (!space || space.isDeleted) refuse('space not found')
  return {
    chainId: kind === 'ens' ? ensChainId(ctx.chains) : Number(space.settings.network),
    async check() {
      checkHome(space, 'space')
      const controller = kind === 'ens' ? await findController(ctx, space) : space.controller
      if (message.from !== controller) refuse('not allowed')
      // Who has deleted a space on Snapshot to move it here, years ago perhaps, would have anybody delete it here too.
      if (signedTime(message) === undefined) {
        refuse('Deleting a space cannot be undone: sign it with its time (DeleteSpace with a timestamp).')
      }
      return checkRows(ctx, message, { type: 'delete-space' }, { settingsId: space.settingsId })
    },
  }
}

/** Whoever controls the name now, unless it does not carry the space any more. */
async function findController(ctx: IngestContext, space: KnownSpace): Promise<HexString | null> {
  const found = await fetchName(ctx, space.id)
  const problem = findNameProblem(found, space)
  if (problem) refuse(problem.text)
  return found.controller
}
