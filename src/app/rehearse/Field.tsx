import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Problem } from '@/core/base/problem'
import { sayProblem } from '@/messages/problems'
import { useTwin } from '../store/use-twin.ts'

/** Problems of the document at a path or below it. */
export function useProblemsAt(path: string): readonly Problem[] {
  const problems = useTwin((state) => state.problems)
  return path ? problems.filter((found) => found.path === path || found.path.startsWith(`${path}.`) || found.path.startsWith(`${path}[`)) : []
}

interface FieldProps {
  readonly label: string
  /** JSON path in the scenario; what is wrong there is said here. */
  readonly path: string
  readonly children: (props: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }) => ReactNode
}

export function Field({ label, path, children }: FieldProps) {
  const id = useId()
  const language = useTwin((state) => state.language)
  const problems = useProblemsAt(path)
  const wrong = problems.length > 0
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': wrong, 'aria-describedby': wrong ? `${id}-wrong` : undefined })}
      {wrong ? (
        <span className="wrong" id={`${id}-wrong`}>
          {problems.map((problem) => sayProblem(problem, language)).join(' ')}
        </span>
      ) : null}
    </div>
  )
}

interface TextProps {
  readonly label: string
  readonly path: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly list?: readonly string[]
}

/** A quantity with its unit, as the file has it. Typing changes the draft; leaving the field or Enter changes the document. */
export function TextField({ label, path, value, onChange, list }: TextProps) {
  const [draft, setDraft] = useState(value)
  const options = useId()
  const typing = useRef(false)
  useEffect(() => {
    if (!typing.current) setDraft(value)
  }, [value])
  const commit = () => {
    typing.current = false
    if (draft !== value) onChange(draft.trim())
  }
  return (
    <Field label={label} path={path}>
      {(aria) => (
        <>
          <input
            {...aria}
            className="input"
            value={draft}
            list={list ? options : undefined}
            spellCheck={false}
            onChange={(event) => {
              typing.current = true
              setDraft(event.currentTarget.value)
            }}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit()
              if (event.key === 'Escape') {
                typing.current = false
                setDraft(value)
                event.stopPropagation()
              }
            }}
          />
          {list ? (
            <datalist id={options}>
              {list.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  )
}

interface SelectProps {
  readonly label: string
  readonly path: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

export function SelectField({ label, path, value, options, onChange }: SelectProps) {
  const known = options.some((option) => option.value === value)
  return (
    <Field label={label} path={path}>
      {(aria) => (
        <select {...aria} className="input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {known ? null : <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
