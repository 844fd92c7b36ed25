import { normaliseSignature } from '../messages/signature'
import type { HexString } from '../views/hex-string'
import type { AuditOptions } from './audit-options'
import { createChainAsker } from './chain-asker'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'
import { recoverSigner } from './recover-signer'

/** Signatures that are recovered side by side. */
const BATCH = 250

/**
 * Checks who signed messages, in their order but behind the reading of them: while one batch is recovered, by workers
 * perhaps, the next is read. A key's signature is recovered; what only a contract can tell is asked of it where there is
 * somebody to ask, else counted as open.
 */
export function createSignatureAudit(findings: Findings, options: AuditOptions) {
  const recover = options.recover ?? recoverSigner
  const asker = createChainAsker(findings, 'contracts')
  let [byKeys, byContracts] = [0, 0]
  let batch: ReadMessage[] = []
  let underWay = Promise.resolve()

  const check = async (messages: readonly ReadMessage[]): Promise<void> => {
    const signers = await Promise.all(messages.map(({ resolved, sig }) => recover(resolved.id, sig)))
    for (const [at, message] of messages.entries()) {
      if (signers[at]?.toLowerCase() === message.signer.toLowerCase()) checkForm(message)
      else if (message.line.contract) await askContract(message, message.line.contract)
      else {
        const { id } = message.resolved
        findings.fail('signatures', `Message ${id} is not signed by ${message.signer}.`, id)
      }
    }
  }

  const checkForm = ({ line, resolved: { id }, signer, sig }: ReadMessage): void => {
    byKeys += 1
    findings.expect(
      normaliseSignature(sig) === sig && !line.contract,
      'signatures',
      `The signature of ${signer} under message ${id} is a key’s, but not written as one.`,
      id,
    )
  }

  const askContract = async (
    { resolved: { id }, signer, sig, acceptedAt }: ReadMessage,
    { method, network, block, blockHash }: NonNullable<ReadMessage['line']['contract']>,
  ): Promise<void> => {
    const { checkContract } = options
    byContracts += 1
    if (!checkContract) return
    const place = { method, network, block, blockHash: blockHash as HexString }
    const isGood = await asker.ask(
      network,
      `What contract ${signer} says at block ${block} of chain ${network}`,
      () => checkContract({ ...place, address: signer, hash: id, signature: sig, acceptedAt }),
    )
    findings.expect(
      isGood !== false,
      'contracts',
      `The contract ${signer} does not accept the signature under message ${id} at block ${block}.`,
      id,
    )
  }

  /** Resolves when there is room for another batch. */
  const flush = async (): Promise<void> => {
    await underWay
    underWay = check(batch)
    batch = []
    // Whoever waits for it next is told.
    underWay.catch(() => {})
  }

  return {
    /** A promise where there is something to wait for. */
    add(message: ReadMessage): Promise<void> | undefined {
      batch.push(message)
      return batch.length === BATCH ? flush() : undefined
    },

    async finish(): Promise<void> {
      await flush()
      await underWay
      findings.describe('signatures', `${byKeys} signatures by keys were recovered.`)
      findings.describe(
        'contracts',
        byContracts === 0 ? 'No contract wallet took part.' : `${byContracts} contract wallets were asked.`,
      )
      if (byContracts > 0 && !options.checkContract) {
        findings.leaveOpen(
          'contracts',
          `${byContracts} messages were accepted by contract wallets at recorded blocks; re-check with an RPC endpoint.`,
        )
      }
      asker.finish()
    },
  }
}
