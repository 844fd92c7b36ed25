import { fetchBlock, findBlockAt } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { recoverAddress } from '../../chain/recover-address'
import { type VerifiedSignature, verifySignature } from '../../chain/verify-signature'
import { AppError } from '../../core/errors'
import type { MessageKind } from '../../core/messages/definitions'
import { canonicalEnvelope } from '../../core/messages/envelope'
import type { Domain } from '../../core/messages/hash-message'
import type { FieldValue } from '../../core/messages/normalise-value'
import { parseCanonicalEnvelope } from '../../core/messages/parse-canonical-envelope'
import { parseEnvelope } from '../../core/messages/parse-envelope'
import type { RebuiltMessage } from '../../core/messages/rebuild-message'
import { type ResolvedMessage, resolveMessage } from '../../core/messages/resolve-message'
import { normaliseSignature } from '../../core/messages/signature'
import type { HexString } from '../../core/views/hex-string'
import type { RemoteMessage } from './hub-rows'
import type { Transport } from './transport'

/** What a hub's word is held against. */
export interface RemoteSources {
  readonly transport: Transport
  /** A gateway's address, to which a CID is added. */
  readonly ipfs?: string | undefined
  /** Where contract wallets are asked. */
  readonly chains?: Chains | undefined
}

/** A hub's row about one signed message. */
export interface ClaimedMessage {
  readonly id: HexString
  /** On whose behalf it speaks, as the hub says. */
  readonly from: HexString
  readonly kinds: readonly MessageKind[]
  /** The space that it is shown in; undefined for a message about none. */
  readonly space?: string
  /** The chain on which `from` would be a contract. */
  readonly chainId: number
  /** When it was signed, unix seconds. */
  readonly at: number
  /** Finds what was signed from the row. */
  readonly rebuild: () => RebuiltMessage | undefined
  /** Why the row may lack what was signed though it is true; undefined where it has all of it. */
  readonly excuse?: string | undefined
}

/** What was signed, to the byte. */
export interface SignedForm {
  readonly kind: MessageKind
  readonly domain: Domain
  readonly message: Readonly<Record<string, FieldValue>>
  /** The canonical text, its sha256 and CID. */
  readonly envelope: ReturnType<typeof canonicalEnvelope>
  readonly source: 'envelope' | 'rebuilt' | 'ipfs'
}

export type RowVerdict =
  | { readonly status: 'passed' }
  | { readonly status: 'failed' | 'open'; readonly reason: string }

export interface CheckedRow {
  /** What was signed; undefined where nobody can tell. */
  readonly form: SignedForm | undefined
  /** Whether the id is the digest of what the hub shows. */
  readonly identity: RowVerdict
  /** Whether the hub itself shows that it is not. */
  readonly isContradicted: boolean
  /** Whether `signer` signed the id. */
  readonly signature: RowVerdict
  readonly method: VerifiedSignature['method'] | undefined
  /** Who signed: `from`, or a key of his. */
  readonly signer: HexString
  /** In the form that is stored. */
  readonly sig: HexString
}

/** Holds what a hub says of a message against the message's id and signature. `told`: its row of `messages`. */
export async function checkRow(
  sources: RemoteSources,
  claim: ClaimedMessage,
  told: RemoteMessage | undefined,
): Promise<CheckedRow> {
  const { id, from } = claim
  const shown = told?.envelope ? readEnvelope(told.envelope) : undefined
  // Where a hub shows what was signed, that says by which key.
  const signer = shown?.address ?? told?.address ?? from
  const given = shown?.sig ?? told?.sig
  const signed = given
    ? await checkSignature(sources, claim, signer, given)
    : ({ verdict: open('the hub shows no signature'), sig: '0x' } as const)
  const found = await findForm(sources, claim, told, shown?.resolved)
  const form = found.message && {
    kind: found.message.definition.kind,
    domain: found.message.domain,
    message: found.message.message,
    envelope: canonicalEnvelope({
      address: signer,
      sig: signed.sig,
      hash: id,
      data: {
        domain: found.message.domain,
        types: found.message.definition.types,
        message: found.message.message,
      },
    }),
    source: found.source,
  }
  return {
    form,
    identity: found.verdict,
    isContradicted: found.isContradicted ?? false,
    signature: signed.verdict,
    method: 'method' in signed ? signed.method : undefined,
    signer,
    sig: signed.sig,
  }
}

type Found = { readonly verdict: RowVerdict; readonly isContradicted?: true } & (
  | { readonly message: RebuiltMessage; readonly source: SignedForm['source'] }
  | { readonly message?: undefined }
)

async function findForm(
  sources: RemoteSources,
  claim: ClaimedMessage,
  told: RemoteMessage | undefined,
  shown: ResolvedMessage | undefined,
): Promise<Found> {
  if (shown) {
    return isIt(shown, claim)
      ? { message: shown, source: 'envelope', verdict: passed }
      : {
          verdict: failed(`the envelope that is shown for it says something else (${shown.id})`),
          isContradicted: true,
        }
  }
  const rebuilt = claim.rebuild()
  if (rebuilt) return { message: rebuilt, source: 'rebuilt', verdict: passed }
  const pinned = told && (await fetchPinned(sources, claim, told.ipfs))
  if (pinned) return { message: pinned, source: 'ipfs', verdict: passed }
  return {
    verdict:
      claim.excuse === undefined
        ? failed('no accepted message with these words has this id')
        : open(claim.excuse),
  }
}

function isIt(
  { id, kind, from, message }: ResolvedMessage,
  claim: Pick<ClaimedMessage, 'id' | 'kinds' | 'from' | 'space'>,
): boolean {
  const isInSpace = claim.space === undefined || String(message.space).toLowerCase() === claim.space
  return id === claim.id && claim.kinds.includes(kind) && from === claim.from && isInSpace
}

function readEnvelope(text: string) {
  try {
    return parseCanonicalEnvelope(text)
  } catch {
    return undefined
  }
}

/** The object under a CID is what it is called by the id in it, whatever the gateway did. */
async function fetchPinned({ transport, ipfs }: RemoteSources, claim: ClaimedMessage, cid: string) {
  if (ipfs === undefined || !/^[A-Za-z0-9]{40,100}$/.test(cid)) return undefined
  try {
    const text = await transport.get(`${ipfs.replace(/\/*$/, '')}/${cid}`)
    const { address, sig, data } = JSON.parse(text ?? 'null') as Record<string, unknown>
    const resolved = resolveMessage(parseEnvelope({ address, sig, data }))
    return isIt(resolved, claim) ? resolved : undefined
  } catch {
    return undefined
  }
}

async function checkSignature(
  { chains }: RemoteSources,
  { id, chainId, at }: ClaimedMessage,
  signer: HexString,
  sig: HexString,
): Promise<{ verdict: RowVerdict; sig: HexString; method?: VerifiedSignature['method'] }> {
  const normalised = normaliseSignature(sig)
  if ((await recoverAddress(id, normalised)) === signer) {
    return { verdict: passed, sig: normalised, method: 'ecdsa' }
  }
  const asSent = sig.toLowerCase() as HexString
  if (!chains?.has(chainId)) {
    const reason = `no key of ${signer} signed it; a contract wallet, if it is one, can be asked with a node of chain ${chainId}`
    return { verdict: open(reason), sig: asSent }
  }
  try {
    const question = { chainId, address: signer, hash: id, signature: asSent }
    // Its owners may have changed since: as it was then, else as it is now.
    const block = await findBlockAt(chains, chainId, at).catch(() => undefined)
    const verified =
      (block && (await accepted(verifySignature(chains, { ...question, block })))) ??
      (await accepted(verifySignature(chains, question)))
    if (verified) return { verdict: passed, sig: asSent, method: verified.method }
    const isContract = await hasCode(chains, chainId, signer)
    const reason = isContract
      ? `the contract wallet ${signer} does not confirm it, neither as it was then nor as it is now`
      : `no key of ${signer} signed it`
    return { verdict: failed(reason), sig: asSent }
  } catch (error) {
    if (!(error instanceof AppError) || !error.retry) throw error
    return { verdict: open(`${signer} could not be asked: ${error.message}`), sig: asSent }
  }
}

async function hasCode(chains: Chains, chainId: number, address: HexString): Promise<boolean> {
  const { number: blockNumber } = await fetchBlock(chains, chainId, 'latest')
  const code = await readChain(chains, chainId, (client) => client.getCode({ address, blockNumber }))
  return code !== undefined && code !== '0x'
}

/** Undefined for a signature that is none. */
async function accepted(asked: Promise<VerifiedSignature>): Promise<VerifiedSignature | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return undefined
    throw error
  }
}

const passed = { status: 'passed' } as const
const failed = (reason: string) => ({ status: 'failed', reason }) as const
const open = (reason: string) => ({ status: 'open', reason }) as const
