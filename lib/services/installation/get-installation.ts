import { nameChain } from '../../chain/name-chain'
import type { HexString } from '../../core/views/hex-string'
import type { InstallationView } from '../../core/views/installation-view'
import { votingSystems } from '../../core/voting/registry'
import { listOperatorKeys } from '../../db/log/list-operator-keys'
import { executors } from '../../execution/registry'
import type { Context } from '../context'
import { openLogKey } from '../operator/open-log-key'
import { openReceiptKey } from '../operator/open-receipt-key'
import { listStrategies } from './list-strategies'
import { listValidations } from './list-validations'
import { readDemo } from './read-demo'
import { version } from './version'

/** What a page must know about this installation before it can do anything. */
export async function getInstallation(ctx: Context): Promise<InstallationView> {
  const [{ address }, { origin, verifierKey }] = await Promise.all([openReceiptKey(ctx), openLogKey(ctx)])
  const keys = await listOperatorKeys(ctx.db)
  return {
    version,
    chains: ctx.chains.ids.map(nameChain),
    operator: address,
    receiptKeys: keys.receipt as HexString[],
    log: { origin, key: verifierKey, keys: keys.log, witnesses: ctx.env.witnesses.map(({ key }) => key) },
    spaceCreation: ctx.env.spaceCreation,
    votingSystems: votingSystems.map(({ id }) => id),
    strategies: listStrategies(ctx),
    validations: listValidations(ctx),
    executors: executors.map(({ id }) => id),
    demo: await readDemo(ctx),
  }
}
