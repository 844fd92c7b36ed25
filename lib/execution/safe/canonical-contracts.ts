import type { ContractNetworksConfig } from '@safe-global/protocol-kit'
import {
  getCompatibilityFallbackHandlerDeployment,
  getCreateCallDeployment,
  getMultiSendCallOnlyDeployment,
  getMultiSendDeployment,
  getProxyFactoryDeployment,
  getSafeL2SingletonDeployment,
  getSafeSingletonDeployment,
  getSignMessageLibDeployment,
  getSimulateTxAccessorDeployment,
} from '@safe-global/safe-deployments'
import type { Address, Hex } from 'viem'

export const safeVersion = '1.4.1'

/** Safe 1.4.1's contracts at the addresses and with the code hashes they have on every chain that has them. */
export const canonicalContracts = {
  Safe: canonical(getSafeSingletonDeployment),
  SafeL2: canonical(getSafeL2SingletonDeployment),
  SafeProxyFactory: canonical(getProxyFactoryDeployment),
  MultiSend: canonical(getMultiSendDeployment),
  MultiSendCallOnly: canonical(getMultiSendCallOnlyDeployment),
  CompatibilityFallbackHandler: canonical(getCompatibilityFallbackHandlerDeployment),
  SignMessageLib: canonical(getSignMessageLibDeployment),
  CreateCall: canonical(getCreateCallDeployment),
  SimulateTxAccessor: canonical(getSimulateTxAccessorDeployment),
}

/** For protocol-kit, which knows only the chains of its own list; a local chain is not on it. */
export function contractNetworks(chainId: number): ContractNetworksConfig {
  const contracts = canonicalContracts
  return {
    [String(chainId)]: {
      safeSingletonAddress: contracts.Safe.address,
      safeProxyFactoryAddress: contracts.SafeProxyFactory.address,
      multiSendAddress: contracts.MultiSend.address,
      multiSendCallOnlyAddress: contracts.MultiSendCallOnly.address,
      fallbackHandlerAddress: contracts.CompatibilityFallbackHandler.address,
      signMessageLibAddress: contracts.SignMessageLib.address,
      createCallAddress: contracts.CreateCall.address,
      simulateTxAccessorAddress: contracts.SimulateTxAccessor.address,
    },
  }
}

function canonical(find: typeof getSafeSingletonDeployment): {
  readonly address: Address
  readonly codeHash: Hex
} {
  const deployment = find({ version: safeVersion })?.deployments.canonical
  if (!deployment) throw new Error(`safe-deployments lists no canonical contract of Safe ${safeVersion}`)
  return { address: deployment.address as Address, codeHash: deployment.codeHash as Hex }
}
