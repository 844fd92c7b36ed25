import { userInfo } from 'node:os'
import { type BlockedKind, listBlocked } from '../db/blocklist/list-blocked'
import { block } from '../services/moderation/block'
import { type Moderation, moderate as rate } from '../services/moderation/moderate'
import { acceptOwner } from '../services/name/accept-owner'
import { readOptions, usage } from './moderate/options'
import { readCommandLine } from './read-command-line'
import { withOperator } from './with-operator'

/** `comitia moderate`: what the operator turns away and what it says of spaces and proposals. No vote is touched. */
export async function moderate(args: readonly string[]): Promise<void> {
  const options = readCommandLine('moderate', args, { read: readOptions, usage })
  switch (options?.verb) {
    case 'list':
      return list()
    case 'block':
    case 'unblock':
      return turnAway(options.verb, options.kind, options.value)
    case 'accept-owner':
      return accept(options.space)
    case 'rate':
      return act(options.moderation)
  }
}

function list(): Promise<void> {
  return withOperator(async ({ db }) => {
    const entries = await listBlocked(db)
    if (entries.length === 0) console.log('nothing is turned away')
    for (const { kind, value, since } of entries) {
      console.log(`${kind.padEnd(8)} ${value.padEnd(44)} since ${since.toISOString().slice(0, 10)}`)
    }
  })
}

function turnAway(verb: 'block' | 'unblock', kind: BlockedKind, given: string): Promise<void> {
  return withOperator(async (ctx) => {
    const entry = await block(ctx, { kind, value: given }, verb, whoami())
    const already = verb === 'block' ? 'was blocked already' : 'was not blocked'
    console.log(`${kind} ${entry.value} ${entry.isNew ? `is ${verb}ed` : already}`)
  })
}

function accept(id: string): Promise<void> {
  return withOperator(async (ctx) => {
    const { owner, controller } = await acceptOwner(ctx, id.toLowerCase(), whoami())
    console.log(`${id} belongs to ${owner ?? 'an unknown owner'}; ${controller} controls its space`)
  })
}

async function act(moderation: Moderation): Promise<void> {
  await withOperator((ctx) => rate(ctx, moderation, whoami()))
  console.log(`${moderation.type} ${moderation.value}: ${moderation.action}`)
}

function whoami(): string {
  return `comitia moderate, ${userInfo().username}`
}
