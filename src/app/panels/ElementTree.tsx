import { IconChevronDown, IconChevronRight, IconEye, IconEyeOff, IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { APP } from '@/messages/app'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { refKey } from '../store/view.ts'
import { useWords } from '../words.ts'
import { forestOf, type Grouping, rowsOf, searchRows, type TreeRow } from './tree-rows.ts'

const ROW = 28

/** Every object of the scene as a list that the keyboard reaches: arrows move and open, Enter selects, Space shows and hides, Delete closes a file. */
export function ElementTree({ grouping, query }: { readonly grouping: Grouping; readonly query: string }) {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const models = useTwin((state) => state.models)
  const selection = useTwin((state) => state.selection)
  const hidden = useTwin((state) => state.hidden)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const noStorey = t(APP.noStorey)
  const noSystem = t(APP.noSystem)
  const forest = useMemo(() => forestOf(models, grouping, { noStorey, noSystem }), [models, grouping, noStorey, noSystem])
  const rows = useMemo(() => (query.trim() ? searchRows(models, query) : rowsOf(forest, models, open)), [forest, models, open, query])
  const selected = useMemo(() => new Set(selection.map(refKey)), [selection])
  const concealed = useMemo(() => new Set(hidden.map(refKey)), [hidden])
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 })
  const now = Math.min(active, Math.max(0, rows.length - 1))

  const toggle = (row: TreeRow, to = !open.has(row.key)) => {
    const next = new Set(open)
    if (to) next.add(row.key)
    else next.delete(row.key)
    setOpen(next)
  }
  const choose = (row: TreeRow, additive: boolean) => {
    get().setFocus(null)
    get().select(row.refs, additive)
  }
  const go = (index: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index))
    setActive(next)
    virtual.scrollToIndex(next)
  }
  const keys = (event: KeyboardEvent) => {
    const row = rows[now]
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'ArrowDown') go(now + 1)
    else if (event.key === 'ArrowUp') go(now - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rows.length - 1)
    else if (event.key === 'PageDown') go(now + 12)
    else if (event.key === 'PageUp') go(now - 12)
    else if (event.key === 'ArrowRight' && !row.leaf) open.has(row.key) ? go(now + 1) : toggle(row, true)
    else if (event.key === 'ArrowLeft') {
      if (!row.leaf && open.has(row.key)) toggle(row, false)
      else go(rows.slice(0, now).findLastIndex((other) => other.level < row.level))
    } else if (event.key === 'Enter') {
      choose(row, event.shiftKey)
      runtime.scene.current?.fit(row.refs)
    } else if (event.key === 'Delete' && row.model !== null) get().closeModel(row.model)
    else if (event.key === ' ')
      get().setVisible(
        row.refs,
        row.refs.every((ref) => concealed.has(refKey(ref))),
      )
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  if (!rows.length) return <p className="pad quiet">{t(query ? APP.noMatch : APP.noModels)}</p>
  return (
    <div
      ref={scroller}
      className="panelbody tree"
      role="tree"
      aria-label={t(APP.tree)}
      tabIndex={0}
      aria-activedescendant={`row-${now}`}
      data-testid="tree"
      aria-multiselectable="true"
      onKeyDown={keys}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          const isSelected = row.leaf && selected.has(refKey(row.refs[0]))
          const off = row.refs.length > 0 && row.refs.every((ref) => concealed.has(refKey(ref)))
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself listens for keys
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree, aria-activedescendant points here
            <div
              key={row.key}
              id={`row-${index}`}
              role="treeitem"
              aria-level={row.level + 1}
              aria-selected={isSelected}
              aria-expanded={row.leaf ? undefined : open.has(row.key)}
              className={`treerow${index === now ? ' active' : ''}${off ? ' off' : ''}`}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 6 + row.level * 14 }}
              onClick={(event) => {
                setActive(index)
                if (row.leaf) choose(row, event.ctrlKey || event.metaKey || event.shiftKey)
                else toggle(row)
              }}
              onDoubleClick={() => {
                choose(row, false)
                runtime.scene.current?.fit(row.refs)
              }}
            >
              {row.leaf ? (
                <span className="twist" />
              ) : (
                <span className="twist">{open.has(row.key) ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}</span>
              )}
              <span className="grow clip">{row.label}</span>
              <span className="quiet hint num">{row.hint}</span>
              <button
                type="button"
                tabIndex={-1}
                className="iconbutton small eye"
                aria-label={`${t(off ? APP.show : APP.hide)} ${row.label}`}
                onClick={(event) => {
                  event.stopPropagation()
                  get().setVisible(row.refs, off)
                }}
              >
                {off ? <IconEyeOff size={15} /> : <IconEye size={15} />}
              </button>
              <CloseModel id={row.model} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** On the line of a file: closes it. The keyboard closes with Delete. */
function CloseModel({ id }: { readonly id: string | null }) {
  const t = useWords()
  const get = useGet()
  if (id === null) return null
  return (
    <button
      type="button"
      tabIndex={-1}
      className="iconbutton small eye"
      aria-label={t(APP.closeModel)(id)}
      title={t(APP.closeModel)(id)}
      onClick={(event) => {
        event.stopPropagation()
        get().closeModel(id)
      }}
    >
      <IconX size={15} />
    </button>
  )
}
