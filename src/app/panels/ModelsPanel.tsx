import { IconFileReport, IconFolderOpen, IconSearch, IconX } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import { APP } from '@/messages/app'
import { sayProblem } from '@/messages/problems'
import { Choice } from '../shell/Choice.tsx'
import { CommandButton } from '../shell/CommandButton.tsx'
import { sayStage } from '../stages.ts'
import type { OpeningFile } from '../store/models.ts'
import { useGet, useTwin } from '../store/use-twin.ts'
import { useWords } from '../words.ts'
import { ElementTree } from './ElementTree.tsx'
import { PanelFrame } from './PanelFrame.tsx'
import type { Grouping } from './tree-rows.ts'

export function ModelsPanel() {
  const t = useWords()
  const get = useGet()
  const [grouping, setGrouping] = useState<Grouping>('tree')
  const [query, setQuery] = useState('')
  const settled = useDeferredValue(query)
  const isDemo = useTwin((state) => state.isDemo)
  return (
    <PanelFrame
      title={t(APP.models)}
      actions={
        <>
          <CommandButton command="load-report" icon={<IconFileReport size={18} stroke={1.7} />} testId="load-report" small />
          <CommandButton command="open" icon={<IconFolderOpen size={18} stroke={1.7} />} small />
        </>
      }
    >
      <OpeningFiles />
      <div className="stack pad" style={{ paddingBottom: 8 }}>
        <label className="searchbox">
          <IconSearch size={15} aria-hidden="true" />
          <input
            className="input"
            type="search"
            value={query}
            placeholder={t(APP.search)}
            aria-label={t(APP.search)}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
        <Choice<Grouping>
          small
          label={t(APP.groupBy)}
          value={grouping}
          onChange={setGrouping}
          options={[
            { value: 'tree', label: t(APP.tree) },
            { value: 'storeys', label: t(APP.storeys) },
            { value: 'systems', label: t(APP.systems) },
          ]}
        />
      </div>
      <ElementTree grouping={grouping} query={settled} />
      {isDemo ? null : (
        <div className="pad">
          <button type="button" className="button small" onClick={() => void get().openDemo()}>
            {t(APP.openDemo)}
          </button>
        </div>
      )}
    </PanelFrame>
  )
}

function OpeningFiles() {
  const opening = useTwin((state) => state.opening)
  return opening.map((file) => <Opening key={file.key} file={file} />)
}

/** A file that comes in, with the stage it is at, or the reason why it did not. */
export function Opening({ file }: { readonly file: OpeningFile }) {
  const t = useWords()
  const get = useGet()
  const language = useTwin((state) => state.language)
  const { task } = file
  if (task.state === 'failed')
    return (
      <div className="block" role="alert">
        <div className="row">
          <strong className="grow clip">{t(APP.openFailed)(file.name)}</strong>
          <button type="button" className="iconbutton small" aria-label={t(APP.close)} onClick={() => get().forgetOpening(file.key)}>
            <IconX size={16} />
          </button>
        </div>
        {task.problems.slice(0, 5).map((problem) => (
          <p key={problem.key + problem.path} className="tone-danger">
            {sayProblem(problem, language)}
          </p>
        ))}
        <p className="quiet">{t(APP.othersSafe)}</p>
        <button
          type="button"
          className="button small"
          onClick={() => void navigator.clipboard?.writeText(JSON.stringify({ file: file.name, bytes: file.bytes, problems: task.problems }, null, 2))}
        >
          {t(APP.copy)}
        </button>
      </div>
    )
  if (task.state !== 'running') return null
  const { progress } = task
  return (
    <div className="block stack" role="status">
      <div className="row">
        <span className="grow clip">
          {t(APP.opening)} {file.name}
        </span>
        <button type="button" className="button small" data-testid="cancel" onClick={task.cancel}>
          {t(APP.cancel)}
        </button>
      </div>
      <div className="bar">
        <i style={{ width: progress && progress.total > 0 ? `${(100 * progress.done) / progress.total}%` : '4%' }} />
      </div>
      <span className="quiet num">{progress ? sayStage(progress, language) : t(APP.reading)}</span>
    </div>
  )
}
