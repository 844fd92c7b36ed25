import { keccak_256 } from '@noble/hashes/sha3'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import { recoverAddress } from 'viem/utils'
import { hashMessage } from '../messages/hash-message'
import type { HexString } from '../views/hex-string'

/** The operator's promise that a message is in the log. An omitted ballot with a receipt voids a tally on chain. */
export interface Receipt {
  readonly messageId: HexString
  /** The proposal the message is about; of a proposal, its own id; else 32 zero bytes. */
  readonly proposal: HexString
  /** On whose behalf the message speaks: `message.from`. */
  readonly voter: HexString
  /** `hashSignature` of the signature in the canonical envelope. */
  readonly signatureHash: HexString
  readonly logIndex: number
  /** Unix seconds, as the proposal's `end` that the contract compares it with. */
  readonly acceptedAt: number
}

const domain = { name: 'Comitia', version: '1' } as const

const types = {
  Receipt: [
    { name: 'messageId', type: 'bytes32' },
    { name: 'proposal', type: 'bytes32' },
    { name: 'voter', type: 'address' },
    { name: 'signatureHash', type: 'bytes32' },
    { name: 'logIndex', type: 'uint64' },
    { name: 'acceptedAt', type: 'uint64' },
  ],
} as const

/** A receipt as a wallet or library signs it. */
export function receiptTypedData(receipt: Receipt) {
  return {
    domain,
    types,
    primaryType: 'Receipt',
    message: { ...receipt, logIndex: BigInt(receipt.logIndex), acceptedAt: BigInt(receipt.acceptedAt) },
  } as const
}

const struct = { primaryType: 'Receipt', fields: types.Receipt }

/** The EIP-712 digest that the operator's receipt key signs. Equal to `hashTypedData(receiptTypedData(receipt))`, faster. */
export function hashReceipt(receipt: Receipt): HexString {
  return hashMessage(struct, domain, { ...receipt })
}

/** keccak256 of a signature's bytes, in canonical form (`normaliseSignature`). */
export function hashSignature(signature: HexString): HexString {
  return `0x${bytesToHex(keccak_256(hexToBytes(signature.slice(2))))}`
}

/** Who signed a receipt. @throws if `signature` is not a recoverable 65-byte signature */
export function recoverReceiptSigner(receipt: Receipt, signature: HexString): Promise<HexString> {
  return recoverAddress({ hash: hashReceipt(receipt), signature })
}
