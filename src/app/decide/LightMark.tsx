import type { Light } from '@/core/decide'
import { LIGHTS } from '@/messages/decide-sweep'
import { useWords } from '../words.ts'

/** A traffic light that does not speak by colour alone. */
export function LightMark({ light }: { readonly light: Light | null }) {
  const t = useWords()
  if (light === null) return null
  return (
    <span className={`light ${light}`} title={t(LIGHTS[light])} role="img" aria-label={t(LIGHTS[light])}>
      {LIGHTS[light].mark}
    </span>
  )
}
