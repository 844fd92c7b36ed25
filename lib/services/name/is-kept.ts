import type { EnsName } from '../../chain/ens-name'

/** What was known of a name when its space's settings were accepted last. */
export interface KnownName {
  /** Null: nobody knew. */
  readonly nameOwner: string | null
  /** Unix seconds until which nobody but that owner could give it away; null: others could, or nobody knew. */
  readonly nameKeptUntil: number | null
  readonly controller: string
}

/**
 * Whether a name cannot have left its owner's hands since. That he has it now is not enough: who registers a name that
 * lapsed, or has the one above it, can point it at himself and hand it back.
 */
export function isKept({ owner, block }: EnsName, { nameOwner, nameKeptUntil }: KnownName): boolean {
  return owner === nameOwner && nameKeptUntil !== null && block.timestamp <= nameKeptUntil
}
