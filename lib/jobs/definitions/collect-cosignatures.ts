import { z } from 'zod'
import { defineJob } from './define-job'

/** Every few seconds: has the witnesses, if there are any, co-sign the log as it is now. */
export const collectCosignatures = defineJob('collect-cosignatures', z.object({}))
