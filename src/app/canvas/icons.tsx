interface Props {
  readonly size?: number
  readonly stroke?: number
}

/** A submersible pump: body on its feet, riser to the right, water line. Drawn here because the icon set has none. */
export function PumpIcon({ size = 18, stroke = 1.7 }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <rect x="5" y="9" width="8" height="8.5" rx="1.5" />
      <path d="M9 9V5.5M6.5 17.5V20M11.5 17.5V20M13 15h3.5V4H20M18 2l2 2-2 2" />
      <path d="M2.5 12.5H5" />
    </svg>
  )
}
