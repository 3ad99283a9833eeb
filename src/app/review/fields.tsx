import { useEffect, useId, useState } from 'react'
import type { Review } from '@/core/review'
import { useTwin } from '../store/use-twin.ts'

/** A person: one of those already named, or a new one. Takes effect on leaving or Enter, so that a name is one change. */
export function AssignField({ value, label, onSet }: { readonly value: string; readonly label: string; readonly onSet: (name: string) => void }) {
  const id = useId()
  const [text, setText] = useState(value)
  const people = useTwin((state) => peopleOf(state.review.present))
  const reviewer = useTwin((state) => state.reviewer)
  useEffect(() => setText(value), [value])
  const set = () => {
    if (text.trim() !== value) onSet(text.trim())
  }
  return (
    <>
      <input
        className="input grow"
        list={id}
        value={text}
        placeholder={label}
        aria-label={label}
        maxLength={120}
        onChange={(event) => setText(event.target.value)}
        onBlur={set}
        onKeyDown={(event) => (event.key === 'Enter' && !event.nativeEvent.isComposing ? set() : undefined)}
      />
      <datalist id={id}>
        {[...new Set([...people, reviewer])].filter(Boolean).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

const known = new WeakMap<Review, readonly string[]>()
function peopleOf(review: Review): readonly string[] {
  let people = known.get(review)
  if (!people) {
    const names = new Set<string>()
    for (const { assignee, comments } of review.issues.values()) {
      if (names.size > 60) break
      names.add(assignee)
      for (const { by } of comments) names.add(by)
    }
    people = [...names]
    known.set(review, people)
  }
  return people
}
