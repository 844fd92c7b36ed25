import type { BundleView, VerificationView } from '../../core/views/record-view'
import type { StoredBundle } from '../../db/bundle/find-bundle'
import type { StoredVerification } from '../../db/verification/find-verification'
import { secondsOf } from '../../platform/clock'

/** A written bundle, for pages. */
export function viewBundle({ bytes, lines, sha256 }: StoredBundle): BundleView {
  return { bytes, lines, sha256 }
}

/** What the last audit of it found, for pages. */
export function viewVerification({ ok, checks, verifiedAt }: StoredVerification): VerificationView {
  const of = (status: string) => checks.filter((check) => check.status === status)
  return {
    ok,
    verifiedAt: secondsOf(verifiedAt),
    passed: of('passed').length,
    failed: of('failed').map(({ title, detail }) => ({ title, detail })),
    open: of('open').length,
  }
}
