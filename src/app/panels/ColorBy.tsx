import { useEffect, useState } from 'react'
import { FIND } from '@/messages/app-find'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** What the elements found can be coloured by: what they are, and every property that one of them has. */
export function ColorBy() {
  const t = useWords()
  const get = useGet()
  const refs = useTwin((state) => state.matched.refs)
  const by = useTwin((state) => (state.colors === 'property' ? (state.painting?.by ?? '') : ''))
  const [properties, setProperties] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map())
  useEffect(() => {
    let gone = false
    setProperties(new Map())
    if (refs.length)
      void get()
        .propertiesFound()
        .then((found) => !gone && setProperties(found))
    return () => {
      gone = true
    }
  }, [get, refs])
  const names = [...properties.values()].flatMap((own) => [...own])
  const shared = [...new Set(names.filter((name, k) => names.indexOf(name) !== k))].sort()
  return (
    <label className="field">
      <span className="label">{t(FIND.colorBy)}</span>
      <select className="input" data-testid="color-by" value={by} onChange={(event) => void get().colorBy(event.currentTarget.value)}>
        <option value="">{t(FIND.noColor)}</option>
        <optgroup label={t(FIND.own)}>
          <option value=":class">{t(FIND.byClass)}</option>
          <option value=":type">{t(FIND.byType)}</option>
          <option value=":storey">{t(FIND.byStorey)}</option>
          <option value=":system">{t(FIND.bySystem)}</option>
        </optgroup>
        {shared.length ? (
          <optgroup label={t(FIND.anySet)}>
            {shared.map((name) => (
              <option key={name} value={`*\u0000${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
        ) : null}
        {[...properties].sort().map(([set, names]) => (
          <optgroup key={set} label={set}>
            {[...names].sort().map((name) => (
              <option key={name} value={`${set}\u0000${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
