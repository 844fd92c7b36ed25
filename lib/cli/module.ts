import { readFileSync, writeFileSync } from 'node:fs'
import { type Chains, createChains } from '../chain/chains'
import { deployModule } from '../chain/deploy-module'
import { enableModuleTransaction } from '../chain/module-deployment'
import { AppError } from '../core/errors'
import { parseModuleSettings } from '../core/settlement/module-settings'
import { type Env, readEnv } from '../platform/env'
import { withRunFile } from '../platform/run-file'
import { checkModule } from './module/check-module'
import { explainSending, openDeployer } from './module/open-deployer'
import { readOptions, usage, type WantedModule } from './module/options'
import { makePlan, type Plan } from './module/plan'
import { printPlan } from './module/print-plan'
import { safeBatch } from './module/safe-batch'
import { readCommandLine } from './read-command-line'

/** `comitia module`: gives a Safe the module that counts votes on chain. Needs RPC_URL_<chain id>, and no database. */
export async function module(args: readonly string[]): Promise<void> {
  const options = readCommandLine('module', args, { read: readOptions, usage })
  if (!options) return
  const env = readEnv('module', { DATABASE_URL: 'postgresql://none', ...withRunFile(process.env) })
  const chains = createChains({ urls: env.rpcUrls, timeoutMs: env.rpcTimeoutMs })
  switch (options.verb) {
    case 'plan':
      return printPlan(await plan(chains, options))
    case 'deploy':
      return deploy(chains, options, env.keeperKey)
    case 'enable':
      return enable(chains, options)
    case 'show':
      return show(chains, options)
  }
}

function plan(chains: Chains, { config, ...wanted }: WantedModule): Promise<Plan> {
  return makePlan(chains, { ...wanted, settings: parseModuleSettings(readText(config), config) })
}

async function deploy(chains: Chains, wanted: WantedModule, keeperKey: Env['keeperKey']): Promise<void> {
  const planned = await plan(chains, wanted)
  if (!keeperKey) return wrong('COMITIA_KEEPER_KEY (or COMITIA_KEEPER_KEY_FILE) is not set: it pays')
  const deployer = await openDeployer(chains, wanted.chainId, keeperKey)
  console.log(`${deployer.account.address} pays.`)
  await deployModule(deployer, planned).catch((error: unknown) => {
    throw explainSending(error)
  })
  printPlan(await plan(chains, wanted))
}

/** Says what the Safe's owners must sign. */
async function enable(chains: Chains, wanted: WantedModule): Promise<void> {
  const { chainId, safe } = wanted
  const { deployments, module: address, block, isEnabled, threshold, owners } = await plan(chains, wanted)
  if (deployments.some(({ isThere }) => !isThere)) wrong('not deployed: run comitia module deploy first')
  const transaction = enableModuleTransaction(safe, address)
  const batch = safeBatch({
    chainId,
    safe,
    name: 'Enable the tally module',
    createdAt: block.timestamp * 1000,
    transactions: [transaction],
  })
  const json = `${JSON.stringify(batch, undefined, 2)}\n`
  const { to, value, data } = transaction
  console.log(
    isEnabled
      ? `${address} is enabled already.`
      : `${threshold} of ${owners.length} owners of the Safe must sign:`,
  )
  console.log(`\n  to     ${to}\n  value  ${value}\n  data   ${data}\n`)
  if (wanted.batch) {
    writeFileSync(wanted.batch, json)
    console.log(`${wanted.batch} is the same for Safe's Transaction Builder.`)
  } else console.log(`For Safe's Transaction Builder:\n\n${json}`)
  console.log(`Then: comitia module show --chain ${chainId} --module ${address}`)
}

async function show(chains: Chains, shown: Parameters<typeof checkModule>[1]): Promise<void> {
  for (const { isWell, subject, text } of await checkModule(chains, shown)) {
    console.log(`${isWell ? 'well ' : 'wrong'}  ${subject.padEnd(12)} ${text}`)
    if (!isWell) process.exitCode = 1
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return wrong(`--config: cannot read ${file}`)
  }
}

function wrong(message: string): never {
  throw new AppError('misconfigured', { message })
}
