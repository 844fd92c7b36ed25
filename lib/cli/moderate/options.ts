import { parseArgs } from 'node:util'
import type { BlockedKind } from '../../db/blocklist/list-blocked'
import { type Moderation, proposalActions, spaceActions } from '../../services/moderation/moderate'
import { Misuse } from '../read-command-line'

export const usage = `usage: comitia moderate list                                what is turned away
       comitia moderate block|unblock address|ip|link <value>
       comitia moderate space ${spaceActions.join('|')} <id> [--code <n>]
       comitia moderate space accept-owner <id>             its ENS name changed hands, and that is right
       comitia moderate proposal ${proposalActions.join('|')} <id> [--code <n>]
  --code of a flag: 1 spam or malice (unless given), 2 a legal notice`

export type ModerateOptions =
  | { readonly verb: 'list' }
  | { readonly verb: 'block' | 'unblock'; readonly kind: BlockedKind; readonly value: string }
  | { readonly verb: 'accept-owner'; readonly space: string }
  | { readonly verb: 'rate'; readonly moderation: Moderation }

const blockedKinds: readonly BlockedKind[] = ['address', 'ip', 'link']

/** Reads the command line. @throws Misuse, and what `parseArgs` does */
export function readOptions(args: string[]): ModerateOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { code: { type: 'string', default: '1' } },
  })
  if (!/^[1-9]\d?$/.test(values.code)) throw new Misuse('--code must be a number from 1 to 99')
  const [subject, action = '', value = ''] = positionals
  if (positionals.length !== (subject === 'list' ? 1 : 3)) throw new Misuse()
  if (subject === 'list') return { verb: subject }
  if (subject === 'block' || subject === 'unblock') {
    const kind = blockedKinds.find((known) => known === action)
    if (!kind) throw new Misuse()
    return { verb: subject, kind, value }
  }
  if (subject !== 'space' && subject !== 'proposal') throw new Misuse()
  if (subject === 'space' && action === 'accept-owner') return { verb: action, space: value }
  const actions: readonly string[] = subject === 'space' ? spaceActions : proposalActions
  if (!actions.includes(action)) {
    throw new Misuse(`there is no "${action}" for a ${subject}: ${actions.join(', ')}`)
  }
  return { verb: 'rate', moderation: { type: subject, value, action, flagCode: Number(values.code) } }
}
