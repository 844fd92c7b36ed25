import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { clientIp } from '../api/client-ip'
import { AppError } from '../core/errors'
import { type BlockedKind, listBlocked } from '../db/blocklist/list-blocked'
import { block } from '../services/moderation/block'
import { moderate as act, proposalActions, spaceActions } from '../services/moderation/moderate'
import { acceptOwner } from '../services/name/accept-owner'
import { withOperator } from './with-operator'

const usage = `usage: comitia moderate list                                what is turned away
       comitia moderate block|unblock address|ip|link <value>
       comitia moderate space ${spaceActions.join('|')} <id> [--code <n>]
       comitia moderate space accept-owner <id>             its ENS name changed hands, and that is right
       comitia moderate proposal ${proposalActions.join('|')} <id> [--code <n>]
  --code of a flag: 1 spam or malice (unless given), 2 a legal notice`

const blockedKinds: readonly BlockedKind[] = ['address', 'ip', 'link']

/** `comitia moderate`: what the operator turns away and what it says of spaces and proposals. No vote is touched. */
export async function moderate(args: readonly string[]): Promise<void> {
  const { words, flagCode } = readArguments(args)
  const [subject, verb = '', value = ''] = words
  const isComplete = words.length === (subject === 'list' ? 1 : 3)
  if (!isComplete) wrong(usage)
  if (subject === 'list') return list()
  if (subject === 'block' || subject === 'unblock') return turnAway(subject, verb, value)
  if (subject === 'space' && verb === 'accept-owner') return accept(value)
  if (subject !== 'space' && subject !== 'proposal') wrong(usage)
  const actions: readonly string[] = subject === 'space' ? spaceActions : proposalActions
  if (!actions.includes(verb)) wrong(`there is no "${verb}" for a ${subject}: ${actions.join(', ')}`)
  await withOperator((ctx) => act(ctx, { type: subject, value, action: verb, flagCode }, whoami()))
  console.log(`${subject} ${value}: ${verb}`)
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

function turnAway(verb: 'block' | 'unblock', word: string, given: string): Promise<void> {
  const kind = blockedKinds.find((known) => known === word) ?? wrong(usage)
  return withOperator(async (ctx) => {
    // An IPv6 address stands for its network, as requests from it do.
    const value = kind === 'ip' ? clientIp(undefined, given, 0) : given
    const entry = await block(ctx, { kind, value }, verb, whoami())
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

function whoami(): string {
  return `comitia moderate, ${userInfo().username}`
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { code: { type: 'string', default: '1' } },
    })
    if (!/^[1-9]\d?$/.test(values.code)) return wrong('--code must be a number from 1 to 99')
    return { words: positionals, flagCode: Number(values.code) }
  } catch (error) {
    if (error instanceof AppError) throw error
    return wrong(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function wrong(message: string): never {
  throw new AppError('misconfigured', { message })
}
