import { Menu } from '@mantine/core'
import { IconDownload, IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { REVIEW } from '@/messages/review'
import { problemsOf } from '../store/task.ts'
import { useGet, useRuntime, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import type { Format } from './export.ts'
import { selectionOf } from './selection.ts'

const FORMATS = Object.keys(REVIEW.formats) as Format[]

/** Topics in and out. */
export function ExportMenu() {
  const t = useWords()
  const get = useGet()
  const runtime = useRuntime()
  const [busy, setBusy] = useState<string | null>(null)
  const said = useTwin((state) => {
    const { what, keys } = selectionOf(state)
    return `${what} ${keys.length}`
  })
  const [what, count] = said.split(' ')
  const run = async (format: Format) => {
    setBusy(t(REVIEW.exporting))
    try {
      const { exportReview } = await import('./export.ts')
      await exportReview(format, get, runtime, (done, total) => setBusy(t(REVIEW.pictures)(done, total)))
    } catch (error) {
      get().tell({ tone: 'error', problems: problemsOf(error) })
    } finally {
      setBusy(null)
    }
  }
  const pick = () => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.accept = '.bcf,.bcfzip'
    input.onchange = () => void get().openFiles([...(input.files ?? [])])
    input.click()
  }
  return (
    <>
      {busy ? (
        <span className="quiet num" role="status">
          {busy}
        </span>
      ) : null}
      <button type="button" className="iconbutton small" data-testid="import-bcf" aria-label={t(REVIEW.import)} title={t(REVIEW.import)} onClick={pick}>
        <IconFileImport size={16} />
      </button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <button
            type="button"
            className="iconbutton small"
            data-testid="export"
            disabled={busy !== null || count === '0'}
            aria-label={t(REVIEW.export)}
            title={t(REVIEW.export)}
          >
            <IconDownload size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t(REVIEW.exportWhat[what as keyof typeof REVIEW.exportWhat])(Number(count))}</Menu.Label>
          {FORMATS.map((format) => (
            <Menu.Item key={format} data-testid={`export-${format}`} onClick={() => void run(format)}>
              {t(REVIEW.formats[format])}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
