import type { EnsName } from '../../chain/ens-name'
import { saveNameCheck } from '../../db/name/save-name-check'
import type { Context } from '../context'
import { findNameProblem, type NameProblem } from './find-name-problem'
import { isKept, type KnownName } from './is-kept'

/** A space with an ENS name, as far as its name goes. */
export interface NamedSpace extends KnownName {
  readonly id: string
  readonly settingsId: string
  readonly nameProblem: string | null
}

/**
 * Judges what ENS says of a space's name now and keeps it: a problem, with an alert the first time, or, while there is
 * none, who owns and controls it.
 */
export async function noteName(
  ctx: Pick<Context, 'db' | 'log' | 'clock'>,
  space: NamedSpace,
  found: EnsName,
): Promise<NameProblem | undefined> {
  const problem = findNameProblem(found, space)
  const { owner, controller } = found
  // Of a name that may have been in other hands nobody has said yet that it is in the right ones.
  const keptUntil = isKept(found, space) ? found.keptUntil : space.nameKeptUntil
  await saveNameCheck(
    ctx.db,
    {
      space: space.id,
      problem: problem?.text ?? null,
      at: new Date(ctx.clock.now()),
      ...(!problem && controller && { holder: { owner, controller, keptUntil } }),
    },
    space.settingsId,
  )
  const about = { space: space.id, problem: problem?.text ?? space.nameProblem }
  if (problem && problem.text !== space.nameProblem) ctx.log.error({ event: 'name.frozen', ...about })
  if (!problem && space.nameProblem) ctx.log.info({ event: 'name.released', ...about })
  return problem
}
