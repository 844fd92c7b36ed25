/** A tile with the space's initial: pictures from elsewhere are not loaded. */
export function SpaceMark({
  id,
  name,
  large = false,
}: {
  readonly id: string
  readonly name: string
  readonly large?: boolean
}) {
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  return (
    <span
      aria-hidden
      className={`flex shrink-0 select-none items-center justify-center rounded-control font-semibold text-white ${large ? 'size-11 text-section' : 'size-9'}`}
      style={{ background: `oklch(0.48 0.07 ${hue})` }}
    >
      {[...name][0]?.toUpperCase() ?? '·'}
    </span>
  )
}
