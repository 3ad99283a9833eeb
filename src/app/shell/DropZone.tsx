import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { APP } from '@/messages/app'
import { useGet } from '../store/use-twin.ts'
import { useWords } from '../words.ts'

/** Files dropped anywhere on the window open. */
export function DropZone() {
  const t = useWords()
  const get = useGet()
  const [over, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth++
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const hover = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      void get().openFiles([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', hover)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', hover)
      window.removeEventListener('drop', drop)
    }
  }, [get])
  if (!over) return null
  return (
    <div className="drop" aria-hidden="true">
      <div>
        <IconFileImport size={40} stroke={1.4} />
        <strong>{t(APP.dropTitle)}</strong>
        <span>{t(APP.dropText)}</span>
      </div>
    </div>
  )
}
