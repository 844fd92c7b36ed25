import { AppError } from '../core/errors'

/** `comitia bench <what>`: measures this machine. */
export async function bench([what]: readonly string[]): Promise<void> {
  if (what !== 'votes') throw new AppError('misconfigured', { message: 'usage: comitia bench votes' })
  const { benchVotes } = await import('./bench/votes')
  await benchVotes()
}
