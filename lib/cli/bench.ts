import { AppError } from '../core/errors'

/** `comitia bench <what>`: measures this machine. */
export async function bench([what, ...args]: readonly string[]): Promise<void> {
  if (what === 'votes') {
    const { benchVotes } = await import('./bench/votes')
    await benchVotes()
  } else if (what === 'audit') {
    const { benchAudit } = await import('./bench/audit')
    await benchAudit(args)
  } else if (what === 'graphql') {
    const { benchGraphql } = await import('./bench/graphql')
    await benchGraphql(args)
  } else if (what === 'import') {
    const { benchImport } = await import('./bench/import')
    await benchImport(args)
  } else {
    throw new AppError('misconfigured', { message: 'usage: comitia bench votes | audit | graphql | import' })
  }
}
