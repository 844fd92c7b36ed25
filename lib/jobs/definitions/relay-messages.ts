import { z } from 'zod'
import { defineJob } from './define-job'

/** Every few seconds: asks the contract wallets that are due whether they approve what waits for them. */
export const relayMessages = defineJob('relay-messages', z.object({}))
