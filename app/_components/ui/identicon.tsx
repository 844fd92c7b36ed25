/** A small picture of an address, the same wherever the address appears. Decoration beside the text. */
export function Identicon({ seed, size = 18 }: { readonly seed: string; readonly size?: number }) {
  const bytes = seed.toLowerCase().replace(/^0x/, '')
  const digit = (index: number) => Number.parseInt(bytes[index % bytes.length] ?? '0', 36) || 0
  const hue = (digit(0) * 36 + digit(1)) % 360
  const cells = Array.from({ length: 15 }, (_, index) => digit(index + 4) % 2 === 1)
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 5 5"
      className="shrink-0 rounded-[4px]"
      shapeRendering="crispEdges"
    >
      <rect width="5" height="5" fill={`oklch(0.88 0.05 ${hue})`} />
      {cells.map((filled, index) => {
        if (!filled) return null
        const column = index % 3
        const row = Math.floor(index / 3)
        return [column, 4 - column].map((x, side) =>
          side === 1 && x === column ? null : (
            <rect
              key={`${x}-${row}`}
              x={x}
              y={row}
              width="1"
              height="1"
              fill={`oklch(0.5 0.11 ${(hue + 40) % 360})`}
            />
          ),
        )
      })}
    </svg>
  )
}
