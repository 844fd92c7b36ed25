import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Address, formatEther, getAddress, isAddress } from 'viem'
import { createChains } from '../chain/chains'
import { deployModule } from '../chain/deploy-module'
import { enableModuleTransaction } from '../chain/module-deployment'
import { AppError } from '../core/errors'
import { describeModuleConfig } from '../core/settlement/describe-module-config'
import { hashModuleConfig } from '../core/settlement/module-config'
import { parseModuleSettings } from '../core/settlement/module-settings'
import { readEnv } from '../platform/env'
import { withRunFile } from '../platform/run-file'
import { checkModule } from './module/check-module'
import { explainSending, openDeployer } from './module/open-deployer'
import { makePlan, type Plan } from './module/plan'
import { safeBatch } from './module/safe-batch'

const usage = `usage: comitia module plan   --chain <id> --safe <0x…> --config <file> [--salt <n>]
       comitia module deploy --chain <id> --safe <0x…> --config <file> [--salt <n>]
       comitia module enable --chain <id> --safe <0x…> --config <file> [--salt <n>] [--batch <file>]
       comitia module show   --chain <id> --module <0x…>`

/** `comitia module`: gives a Safe the module that counts votes on chain. Needs RPC_URL_<chain id>, and no database. */
export async function module([verb, ...args]: readonly string[]): Promise<void> {
  const options = readOptions(args)
  const chainId = Number(required('chain', options.chain))
  if (!Number.isSafeInteger(chainId) || chainId < 1) wrong('--chain must be a chain id')
  const env = readEnv('module', { DATABASE_URL: 'postgresql://none', ...withRunFile(process.env) })
  const chains = createChains({ urls: env.rpcUrls, timeoutMs: env.rpcTimeoutMs })
  if (verb === 'show') return show()
  if (verb !== 'plan' && verb !== 'deploy' && verb !== 'enable') return wrong(usage)

  const file = required('config', options.config)
  const safe = readAddress('safe', options.safe)
  if (!/^\d{1,70}$/.test(options.salt)) wrong('--salt must be a whole number')
  const settings = parseModuleSettings(readText(file), file)
  const wanted = { chainId, safe, settings, saltNonce: BigInt(options.salt) }
  const plan = await makePlan(chains, wanted)
  if (verb === 'plan') return print(plan)
  if (verb === 'deploy') return deploy()
  enable()

  async function show(): Promise<void> {
    const address = readAddress('module', options.module)
    const findings = await checkModule(chains, { chainId, module: address })
    for (const { isWell, subject, text } of findings) {
      console.log(`${isWell ? 'well ' : 'wrong'}  ${subject.padEnd(12)} ${text}`)
      if (!isWell) process.exitCode = 1
    }
  }

  async function deploy(): Promise<void> {
    if (!env.keeperKey) return wrong('COMITIA_KEEPER_KEY (or COMITIA_KEEPER_KEY_FILE) is not set: it pays')
    const deployer = await openDeployer(chains, chainId, env.keeperKey)
    console.log(`${deployer.account.address} pays.`)
    await deployModule(deployer, plan).catch((error: unknown) => {
      throw explainSending(error)
    })
    print(await makePlan(chains, wanted))
  }

  function enable(): void {
    if (plan.deployments.some(({ isThere }) => !isThere))
      wrong('not deployed: run comitia module deploy first')
    const transaction = enableModuleTransaction(safe, plan.module)
    const batch = safeBatch({
      ...{ chainId, safe, name: 'Enable the tally module', createdAt: plan.block.timestamp * 1000 },
      transactions: [transaction],
    })
    const json = `${JSON.stringify(batch, undefined, 2)}\n`
    const { to, value, data } = transaction
    console.log(
      plan.isEnabled
        ? `${plan.module} is enabled already.`
        : `${plan.threshold} of ${plan.owners.length} owners of the Safe must sign:`,
    )
    console.log(`\n  to     ${to}\n  value  ${value}\n  data   ${data}\n`)
    if (options.batch) {
      writeFileSync(options.batch, json)
      console.log(`${options.batch} is the same for Safe's Transaction Builder.`)
    } else console.log(`For Safe's Transaction Builder:\n\n${json}`)
    console.log(`Then: comitia module show --chain ${chainId} --module ${plan.module}`)
  }
}

function print(plan: Plan): void {
  const { block, safe, config, token, deployments, module: address, isEnabled, owners, threshold } = plan
  const line = (subject: string, text: string) => console.log(`  ${subject.padEnd(18)} ${text}`)
  console.log(`Chain ${block.chainId}, block ${block.number}\n\nConfig`)
  for (const [subject, text] of describeModuleConfig(config, token)) line(subject, text)
  line('hash', hashModuleConfig(config))
  console.log('\nContracts')
  line('Safe', `${safe}, ${threshold} of ${owners.length} owners`)
  for (const { name, address, isThere } of deployments) {
    line(name, `${address}  ${isThere ? 'deployed' : 'to be deployed'}`)
  }
  const missing = [
    ...(deployments.every(({ isThere }) => isThere) ? [] : ['deploy the contracts: comitia module deploy']),
    ...(isEnabled ? [] : [`have the Safe's owners enable ${address}: comitia module enable`]),
    ...(plan.operatorFunds > 0n
      ? []
      : [`send coins to the operator ${config.operator}: it has ${formatEther(plan.operatorFunds)}`]),
  ]
  console.log(missing.length > 0 ? '\nMissing' : '\nNothing is missing.')
  for (const text of missing) console.log(`  ${text}`)
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ chain: text, safe: text, config: text, module: text, batch: text },
        salt: { type: 'string', default: '0' },
      },
    }).values
  } catch (error) {
    return wrong(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function required(name: string, value: string | undefined): string {
  return value ?? wrong(`--${name} is missing\n${usage}`)
}

function readAddress(name: string, value: string | undefined): Address {
  const text = required(name, value)
  return isAddress(text) ? getAddress(text) : wrong(`--${name} must be an address with its checksum`)
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
