import { IconFileText, IconFileTypeDocx } from '@tabler/icons-react'
import { DECIDE } from '@/messages/app-decide'
import { useGet } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** The report as a page that prints, and for Word. */
export function ReportButtons({ disabled }: { readonly disabled: boolean }) {
  const t = useWords()
  const get = useGet()
  return (
    <div className="storyrow" title={t(DECIDE.reportHint)}>
      <button type="button" className="button small" data-testid="report-html" disabled={disabled} onClick={() => void get().saveReport('html')}>
        <IconFileText size={15} /> {t(DECIDE.reportHtml)}
      </button>
      <button type="button" className="button small" data-testid="report-docx" disabled={disabled} onClick={() => void get().saveReport('docx')}>
        <IconFileTypeDocx size={15} /> {t(DECIDE.reportDocx)}
      </button>
    </div>
  )
}
