/** The product's sign: an assembly around its middle. */
export function Mark() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      className="size-6 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
    >
      <path d="M19 7.2a8.5 8.5 0 1 0 0 9.6" strokeWidth="2.6" />
      <path d="M15.4 9.6a4.2 4.2 0 1 0 0 4.8" strokeWidth="2" opacity="0.55" />
    </svg>
  )
}
