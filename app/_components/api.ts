import { createApiClient } from '../../lib/client/api'

/** The API of the server this page came from. */
export const api = createApiClient()
