import { concatHex, hashMessage, hexToNumber, numberToHex, size, sliceHex } from 'viem'
import { recoverAddress } from '../../chain/recover-address'
import { refuse } from '../../core/errors'
import { normaliseSignature } from '../../core/messages/signature'
import type { HexString } from '../../core/views/hex-string'

/** What a Safe adds to v when the owner signed the hash as a text. */
const ethSign = 4

/**
 * An owner's signature of a SafeMessage's hash, in the form that a Safe takes: of the typed data, or of the hash as a
 * text (`eth_sign`, `personal_sign`). Refuses any other, with a sentence.
 */
export async function checkApproval(
  hash: HexString,
  { owner, signature }: { readonly owner: HexString; readonly signature: HexString },
): Promise<HexString> {
  if (size(signature) < 64 || size(signature) > 65) {
    refuse('a signature has 65 bytes; an owner that is a contract approves on chain, by approveHash')
  }
  const isMarked = size(signature) === 65 && vOf(signature) > 30
  const plain = normaliseSignature(isMarked ? shiftV(signature, -ethSign) : signature)
  if (!isMarked && (await recoverAddress(hash, plain)) === owner) return plain
  if ((await recoverAddress(hashMessage({ raw: hash }), plain)) === owner) return shiftV(plain, ethSign)
  return refuse(`this is not ${owner}'s signature of ${hash}`)
}

function vOf(signature: HexString): number {
  return hexToNumber(sliceHex(signature, 64))
}

function shiftV(signature: HexString, by: number): HexString {
  return concatHex([sliceHex(signature, 0, 64), numberToHex(vOf(signature) + by, { size: 1 })])
}
