import type { EnsName } from '../../chain/ens-name'
import { isKept, type KnownName } from './is-kept'

export interface NameProblem {
  readonly kind: 'expired' | 'unowned' | 'transferred'
  /** In a sentence, for whoever wanted to change settings. */
  readonly text: string
}

/**
 * Why the settings of a name's space are frozen; undefined when they are not. A name that ended or changed hands must
 * not carry the space with it. That its owner lets somebody else control it, by the text record, is no problem while
 * nobody else can have had the name in between.
 */
export function findNameProblem(found: EnsName, known?: KnownName): NameProblem | undefined {
  const { name, owner, controller, expiresAt, block } = found
  if (expiresAt !== null && expiresAt < block.timestamp) {
    const day = new Date(expiresAt * 1000).toISOString().slice(0, 10)
    const text = `The name ${name} expired on ${day}. Settings can change again when it is renewed by its owner.`
    return { kind: 'expired', text }
  }
  // Sepolia's old registry knows no owners.
  if (owner === null && block.chainId === 1)
    return { kind: 'unowned', text: `The name ${name} belongs to nobody.` }
  if (!known) return undefined
  const { nameOwner } = known
  const isSameController = controller === known.controller
  // Settings of before owners were noted: whoever controlled the name then, and does, has it still.
  const isSame = isSameController ? nameOwner === null || owner === nameOwner : isKept(found, known)
  if (isSame) return undefined
  const event =
    owner === nameOwner
      ? `names another controller, ${controller}, and may have changed hands in between`
      : `has gone${nameOwner === null ? '' : ` from ${nameOwner}`} to ${owner}`
  const text =
    `The name ${name} ${event}. Settings can change again when ${known.controller} signs ` +
    `settings that name ${controller} in plugins.comitia.controller, or the operator accepts the new owner.`
  return { kind: 'transferred', text }
}
