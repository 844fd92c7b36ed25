import { recoveryEngines } from '../../chain/recover-address'
import { createFastRecover } from '../../core/audit/fast-recover'
import { type RecoverSigner, recoverWith } from '../../core/audit/recover-signer'

/** The fastest recovery that runs here: compiled where the package has it for this machine, else WebAssembly. */
export async function openRecovery(): Promise<RecoverSigner> {
  try {
    return recoverWith(await recoveryEngines.native())
  } catch {
    return createFastRecover()
  }
}
