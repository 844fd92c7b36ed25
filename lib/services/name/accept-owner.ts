import { fetchEnsName } from '../../chain/ens-name'
import { AppError, refuse } from '../../core/errors'
import { saveNameCheck } from '../../db/name/save-name-check'
import { findSpace } from '../../db/space/find-space'
import type { Context } from '../context'
import { findNameProblem } from './find-name-problem'

/**
 * Lets the space of an ENS name go to whoever has the name now, on the operator's word; `by`, who gave it, is logged. Answers who owns and who controls
 * it. Throws `not_found`, `invalid` while the name belongs to nobody, `controller_unknown`.
 */
export async function acceptOwner(
  ctx: Pick<Context, 'chains' | 'db' | 'clock' | 'log'>,
  id: string,
  by: string,
) {
  const space = await findSpace(ctx.db, id)
  if (!space) throw new AppError('not_found', { message: `There is no space "${id}".` })
  const found = id.includes('.') ? await fetchEnsName(ctx.chains, id) : undefined
  if (!found?.controller) return refuse(`${id} is no ENS name that somebody controls.`)
  const problem = findNameProblem(found)
  if (problem) refuse(problem.text)
  const { owner, controller, keptUntil } = found
  const at = new Date(ctx.clock.now())
  await saveNameCheck(
    ctx.db,
    { space: id, problem: null, at, holder: { owner, controller, keptUntil } },
    space.settingsId,
  )
  ctx.log.info({ event: 'name.accepted', space: id, owner, controller, by })
  return { owner, controller }
}
