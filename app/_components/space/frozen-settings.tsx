import { Notice } from '../ui/notice'

/** That nobody can change a space's settings while its name is not in the hands it was in, and why. */
export function FrozenSettings({ problem }: { readonly problem: string | null }) {
  if (problem === null) return null
  return (
    <div role="alert">
      <Notice kind="warn" title="The settings of this space are frozen">
        <p>{problem}</p>
        <p className="text-muted">
          Proposals and votes go on under the settings as they are. Nobody takes the space over by taking its
          name; whoever runs this server can tell what happens next.
        </p>
      </Notice>
    </div>
  )
}
