import { z } from 'zod'
import { defineJob } from './define-job'

/** Every few seconds: compares each chain with what it looked like last, and rolls back what a reorg undid. */
export const watchChains = defineJob('watch-chains', z.object({}))
