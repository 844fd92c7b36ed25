import { normaliseSignature } from '../messages/signature'
import type { AuditOptions } from './audit-options'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'
import { recoverSigner } from './recover-signer'

/**
 * Checks who signed messages, one after the other. A key's signature is recovered; what only a contract can tell is asked
 * of it where there is somebody to ask, else counted as open.
 */
export function createSignatureAudit(findings: Findings, options: AuditOptions) {
  const recover = options.recover ?? recoverSigner
  let [byKeys, byContracts] = [0, 0]
  return {
    async add({ line, resolved, sig }: ReadMessage): Promise<void> {
      const { id, from } = resolved
      const signer = await recover(id, sig)
      const isByKey = signer?.toLowerCase() === from.toLowerCase()
      if (isByKey) {
        byKeys += 1
        findings.expect(
          normaliseSignature(sig) === sig && !line.contract,
          'signatures',
          `The signature of ${from} under message ${id} is a key’s, but not written as one.`,
          id,
        )
        return
      }
      if (!line.contract) {
        findings.fail('signatures', `Message ${id} is not signed by ${from}.`, id)
        return
      }
      byContracts += 1
      const { method, network, block, blockHash } = line.contract
      if (!options.checkContract) return
      const question = {
        method,
        network,
        block,
        blockHash: blockHash as typeof id,
        address: from,
        hash: id,
        signature: sig,
      }
      const isGood = await options.checkContract(question)
      findings.expect(
        isGood,
        'contracts',
        `The contract ${from} does not accept the signature under message ${id} at block ${block}.`,
        id,
      )
    },

    finish(): void {
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
    },
  }
}
