import {
  type Abi,
  type Address,
  concatHex,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  encodePacked,
  getContractAddress,
  type Hex,
  keccak256,
  parseAbi,
  zeroHash,
} from 'viem'
import { type ModuleConfig, moduleConfigParameter } from '../core/settlement/module-config'
import { moduleProxyFactoryAbi, moduleProxyFactoryBytecode } from './abi/module-proxy-factory'
import { tallyCheckerAbi, tallyCheckerBytecode } from './abi/tally-checker'
import { tallyModuleAbi, tallyModuleBytecode } from './abi/tally-module'
import { votesPowerSourceAbi, votesPowerSourceBytecode } from './abi/votes-power-source'

/** A contract, where it will be or is, and the call that anyone can make to put it there. */
export interface Deployment {
  readonly name: string
  readonly address: Address
  readonly to: Address
  readonly data: Hex
}

/** Safe's deterministic deployment proxy: its address is the same on every chain that has Safe's own contracts. */
export const singletonFactory: Address = '0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7'

const checker = checkerDeployment(zeroHash)

/**
 * What every module of a chain shares, in the order in which it must be deployed. Addresses follow from the code, so
 * that they are the same on every chain, and nobody can put anything else there.
 */
export const moduleSingletons = {
  checker,
  mastercopy: singleton('TallyModule', tallyModuleAbi, tallyModuleBytecode, { args: [checker.address] }),
  powerSource: singleton('VotesPowerSource', votesPowerSourceAbi, votesPowerSourceBytecode),
  proxyFactory: singleton('ModuleProxyFactory', moduleProxyFactoryAbi, moduleProxyFactoryBytecode),
} as const satisfies Record<string, Deployment>

/** The code of every module that is made here: an EIP-1167 proxy. */
const moduleCode = concatHex([
  '0x363d3d373d3d3d363d73',
  moduleSingletons.mastercopy.address,
  '0x5af43d82803e903d91602b57fd5bf3',
]).toLowerCase()

/** What precedes it in its creation code. */
const proxyPrefix = '0x602d8060093d393df3'

/**
 * A Safe's module under a config; needs the singletons. The address follows from all three values: whoever makes the call
 * makes the same module. `config` is the one that it starts with; the Safe may have changed it since.
 */
export function moduleDeployment(module: {
  readonly safe: Address
  readonly config: ModuleConfig
  readonly saltNonce: bigint
}): Deployment {
  const { safe, config, saltNonce } = module
  const { mastercopy, proxyFactory } = moduleSingletons
  const parameters = encodeAbiParameters([{ type: 'address' }, moduleConfigParameter], [safe, config])
  const initializer = encodeFunctionData({ abi: tallyModuleAbi, functionName: 'setUp', args: [parameters] })
  return {
    name: 'module',
    address: getContractAddress({
      opcode: 'CREATE2',
      from: proxyFactory.address,
      salt: keccak256(encodePacked(['bytes32', 'uint256'], [keccak256(initializer), saltNonce])),
      bytecode: `${proxyPrefix}${moduleCode.slice(2)}`,
    }),
    to: proxyFactory.address,
    data: encodeFunctionData({
      abi: moduleProxyFactoryAbi,
      functionName: 'deployModule',
      args: [mastercopy.address, initializer, saltNonce],
    }),
  }
}

/** The transaction of the Safe, to itself, that lets a module act for it. */
export function enableModuleTransaction(safe: Address, module: Address) {
  const abi = parseAbi(['function enableModule(address module)'])
  return { to: safe, value: 0n, data: encodeFunctionData({ abi, args: [module] }), operation: 0 } as const
}

/** The checker, at an address of its own for each salt; modules use that of salt 0. */
export function checkerDeployment(salt: Hex): Deployment {
  return singleton('TallyChecker', tallyCheckerAbi, tallyCheckerBytecode, { salt })
}

function singleton(
  name: string,
  abi: Abi,
  bytecode: Hex,
  { args = [], salt = zeroHash }: { args?: readonly unknown[]; salt?: Hex } = {},
): Deployment {
  const creation = encodeDeployData({ abi, bytecode, args })
  return {
    name,
    address: getContractAddress({ opcode: 'CREATE2', from: singletonFactory, salt, bytecode: creation }),
    to: singletonFactory,
    data: concatHex([salt, creation]),
  }
}
