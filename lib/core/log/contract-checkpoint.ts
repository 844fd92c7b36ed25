import { recoverAddress } from 'viem/utils'
import { hashMessage } from '../messages/hash-message'
import type { HexString } from '../views/hex-string'

/** A log's state as a contract can check it: signed by the operator's receipt key. */
export interface ContractCheckpoint {
  readonly origin: string
  readonly size: number
  /** RFC 6962 root, 32 bytes. */
  readonly root: HexString
  /** When it was made, unix seconds. */
  readonly timestamp: number
}

const domain = { name: 'Comitia', version: '1' } as const

const types = {
  Checkpoint: [
    { name: 'origin', type: 'string' },
    { name: 'size', type: 'uint64' },
    { name: 'root', type: 'bytes32' },
    { name: 'timestamp', type: 'uint64' },
  ],
} as const

/** A checkpoint as a wallet or library signs it. */
export function checkpointTypedData(checkpoint: ContractCheckpoint) {
  const { size, timestamp } = checkpoint
  const message = { ...checkpoint, size: BigInt(size), timestamp: BigInt(timestamp) }
  return { domain, types, primaryType: 'Checkpoint', message } as const
}

const struct = { primaryType: 'Checkpoint', fields: types.Checkpoint }

/** The EIP-712 digest that is signed. Equal to `hashTypedData(checkpointTypedData(checkpoint))`. */
export function hashContractCheckpoint(checkpoint: ContractCheckpoint): HexString {
  return hashMessage(struct, domain, { ...checkpoint })
}

/** Signs it with whatever signs digests: 65 bytes from 32. */
export function signContractCheckpoint(
  checkpoint: ContractCheckpoint,
  signDigest: (digest: HexString) => HexString,
): HexString {
  return signDigest(hashContractCheckpoint(checkpoint))
}

/** Who signed it. @throws if `signature` is not a recoverable 65-byte signature */
export function recoverCheckpointSigner(
  checkpoint: ContractCheckpoint,
  signature: HexString,
): Promise<HexString> {
  return recoverAddress({ hash: hashContractCheckpoint(checkpoint), signature })
}
