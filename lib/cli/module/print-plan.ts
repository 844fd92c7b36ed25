import { formatEther } from 'viem'
import { describeModuleConfig } from '../../core/settlement/describe-module-config'
import { hashModuleConfig } from '../../core/settlement/module-config'
import type { Plan } from './plan'

/** Prints a plan in words, and what is still missing. */
export function printPlan({ block, safe, config, token, deployments, ...plan }: Plan): void {
  const line = (subject: string, text: string) => console.log(`  ${subject.padEnd(18)} ${text}`)
  console.log(`Chain ${block.chainId}, block ${block.number}\n\nConfig`)
  for (const [subject, text] of describeModuleConfig(config, token)) line(subject, text)
  line('hash', hashModuleConfig(config))
  console.log('\nContracts')
  line('Safe', `${safe}, ${plan.threshold} of ${plan.owners.length} owners`)
  for (const { name, address, isThere } of deployments) {
    line(name, `${address}  ${isThere ? 'deployed' : 'to be deployed'}`)
  }
  const missing = [
    ...(deployments.every(({ isThere }) => isThere) ? [] : ['deploy the contracts: comitia module deploy']),
    ...(plan.isEnabled ? [] : [`have the Safe's owners enable ${plan.module}: comitia module enable`]),
    ...(plan.operatorFunds > 0n
      ? []
      : [`send coins to the operator ${config.operator}: it has ${formatEther(plan.operatorFunds)}`]),
  ]
  console.log(missing.length > 0 ? '\nMissing' : '\nNothing is missing.')
  for (const text of missing) console.log(`  ${text}`)
}
