import type { RemoteSources } from '../remote-hub/check-row'
import type { RemoteHub } from '../remote-hub/remote-hub'

/** Where a space is copied from. */
export interface ImportSource extends RemoteSources {
  readonly hub: RemoteHub
  /** Told in words what goes on, often. */
  readonly onProgress?: (text: string) => void
}
