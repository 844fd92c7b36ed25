import { z } from 'zod'
import { defineJob } from './define-job'

/** Every few minutes: looks at the ENS names of spaces that nobody looked at for a day. */
export const checkNames = defineJob('check-names', z.object({}))
