import { refuse } from '../../core/errors'
import type { MessageKind } from '../../core/messages/definitions'

/** Kinds that somebody's alias may sign for them. */
const aliasKinds: readonly MessageKind[] = [
  'follow',
  'unfollow',
  'subscribe',
  'unsubscribe',
  'profile',
  'statement',
  'vote',
  'vote-array',
  'vote-string',
  'proposal',
  'update-proposal',
  'flag-proposal',
]

/** Refuses a message signed by anyone but its `from`: no alias can be registered here yet, so none is right. */
export function checkSigner(
  signer: string,
  message: { readonly from: string; readonly kind: MessageKind },
): void {
  if (signer === message.from) return
  refuse(
    aliasKinds.includes(message.kind) ? 'wrong alias' : `alias not allowed for the type: ${message.kind}`,
  )
}
