import { type KeyboardEvent, useId } from 'react'

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  readonly small?: boolean
}

/** One of a few, all in sight. A radio group: arrows move, Tab enters and leaves. */
export function Choice<T extends string>({ label, value, options, onChange, small }: Props<T>) {
  const id = useId()
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    const now = options.findIndex((option) => option.value === value)
    const next = options[(now + by + options.length) % options.length]
    onChange(next.value)
    document.getElementById(`${id}${next.value}`)?.focus()
  }
  return (
    <div className={`switch${small ? ' small' : ''}`} role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a segmented radio group of buttons, as WAI-ARIA describes it
        <button
          key={option.value}
          id={`${id}${option.value}`}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
