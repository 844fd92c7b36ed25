import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { toBase64 } from '../log/base64'
import { subtreeRoot, type TiledTree } from '../log/proofs-from-tiles'
import { formatSignatureLine, type NoteSignature } from '../log/signed-note'
import { subtreesBetween } from '../log/subtrees-between'
import type { SignedMessage } from '../messages/envelope'
import type { HexString } from '../views/hex-string'
import type { BundleLine, LineOf } from './bundle-line'
import { bundleText } from './bundle-signature'

/** A message of the log that belongs in the bundle. */
export interface BundledMessage {
  readonly index: number
  readonly acceptedAtMs: number
  /** Canonical text. */
  readonly envelope: string
  /** Where a contract accepted the signature, unless a key signed. */
  readonly contract?: NonNullable<LineOf<'ballot'>['contract']>
  /** Of ballots alone. */
  readonly ballot?: { readonly status: LineOf<'ballot'>['status']; readonly power: readonly string[] }
}

/** Everything a bundle is made of. */
export interface BundleSource {
  readonly header: Omit<LineOf<'header'>, 'kind' | 'format'>
  readonly proposal: Omit<LineOf<'proposal'>, 'kind' | 'id'> & { readonly id: HexString }
  readonly rule: Omit<LineOf<'rule'>, 'kind'>
  readonly strategies: readonly Omit<LineOf<'strategy'>, 'kind'>[]
  readonly blocks: readonly Omit<LineOf<'block'>, 'kind'>[]
  /**
   * In log order: settings in force at the proposal and since, the proposal, its edits, withdrawal and flag, all its ballots; of
   * each alias that signed one of these, the link in force when it first did and all about it since.
   */
  readonly messages: AsyncIterable<BundledMessage> | Iterable<BundledMessage>
  readonly result: Omit<LineOf<'result'>, 'kind'>
  /** The log's note at the size of `tree`. */
  readonly checkpoint: string
  /** The log at the checkpoint's size. Tiles are asked for from left to right, so a small cache of them is enough. */
  readonly tree: TiledTree
  /** Signs with the log's key (`signNote`). */
  readonly sign: (text: string) => NoteSignature
}

/**
 * The lines of a bundle, each with its newline, without holding more than one. The same source gives the same bytes: the
 * signature is deterministic and keys keep their order.
 */
export async function* writeBundle(source: BundleSource): AsyncGenerator<string> {
  const digest = sha256.create()
  let lines = 0
  const write = (line: BundleLine): string => {
    const text = `${JSON.stringify(line)}\n`
    digest.update(utf8ToBytes(text))
    lines += 1
    return text
  }

  const { version, ...header } = source.header
  yield write({ kind: 'header', format: 'comitia-bundle', version, ...header })
  yield write({ kind: 'proposal', ...source.proposal })
  yield write({ kind: 'rule', ...source.rule })
  for (const strategy of source.strategies) yield write({ kind: 'strategy', ...strategy })
  for (const block of source.blocks) yield write({ kind: 'block', ...block })

  const forms = new Map<string, number>()
  let size = 0
  for await (const { index, acceptedAtMs, envelope, contract, ballot } of source.messages) {
    if (index > size) yield write(await skip(source.tree, size, index))
    const { address, sig, data } = JSON.parse(envelope) as SignedMessage
    const { domain, types, message } = data
    const key = JSON.stringify([domain, types])
    const form = forms.get(key) ?? forms.size
    if (form === forms.size) {
      forms.set(key, form)
      yield write({ kind: 'form', domain, types } as unknown as BundleLine)
    }
    const signer = address === message.from ? {} : { signer: address }
    const logged = { index, acceptedAtMs, form, sig, ...signer, ...(contract && { contract }), message }
    yield write({ kind: ballot ? 'ballot' : 'message', ...logged, ...ballot } as BundleLine)
    size = index + 1
  }
  if (source.tree.size > size) yield write(await skip(source.tree, size, source.tree.size))

  yield write({ kind: 'result', ...source.result })
  yield write({ kind: 'checkpoint', note: source.checkpoint })
  const seal = {
    origin: source.header.origin,
    proposal: source.proposal.id,
    lines,
    sha256: `0x${bytesToHex(digest.digest())}`,
  } as const
  const signature = formatSignatureLine(source.sign(bundleText(seal)))
  yield `${JSON.stringify({ kind: 'end', lines, sha256: seal.sha256, signature })}\n`
}

async function skip(tree: TiledTree, start: number, end: number): Promise<LineOf<'skip'>> {
  const roots = [...subtreesBetween(start, end)].map((part) => subtreeRoot(tree, part.start, part.count))
  return { kind: 'skip', count: end - start, hashes: (await Promise.all(roots)).map(toBase64) }
}
