import type { Language } from '@/messages/language'
import type { Quality } from '@/scene/scene-props'
import { STORIES } from './store/scenario.ts'
import type { Twin, TwinState } from './store/state.ts'

/** `?lang= &quality= &motion=off`, and the state of the page after `#`, which never reaches a server. */
export function readAddress(): { readonly state: Partial<TwinState>; readonly story: (typeof STORIES)[number] } {
  const query = new URLSearchParams(location.search)
  const { workspace, values } = readHash()
  const story = STORIES.find((id) => id === values.get('s')) ?? STORIES[0]
  const quality = query.get('quality')
  return {
    story,
    state: {
      language: languageOf(query.get('lang') ?? remembered('lang') ?? navigator.language),
      theme: themeOf(query.get('theme') ?? remembered('theme')),
      quality: quality === 'low' || quality === 'medium' || quality === 'high' ? (quality satisfies Quality) : 'auto',
      motion: query.get('motion') !== 'off' && !matchMedia('(prefers-reduced-motion: reduce)').matches,
      workspace,
    },
  }
}

/** Keeps the hash in step with what is shown, without filling the browser's history; keys it does not know stay. */
export function followHash(twin: Twin): void {
  const { store } = twin
  let waiting = false
  const write = () => {
    waiting = false
    const { workspace, story, models, selection } = store.getState()
    const { values } = readHash()
    const set = (key: string, value: string) => (value ? values.set(key, value) : values.delete(key))
    set('s', story ?? '')
    const ids = selection.slice(0, 20).map((ref) => models.find((model) => model.id === ref.model)?.elements[ref.index]?.globalId)
    set('sel', ids.filter(Boolean).join(','))
    history.replaceState(null, '', `#/${workspace}${values.size ? `?${values.toString()}` : ''}`)
  }
  store.subscribe((state, before) => {
    if (state.language !== before.language) remember('lang', state.language)
    if (state.theme !== before.theme) remember('theme', state.theme)
    if (state.workspace === before.workspace && state.story === before.story && state.selection === before.selection) return
    if (waiting) return
    waiting = true
    setTimeout(write, 300)
  })
  const wanted = readHash().values.get('sel')?.split(',') ?? []
  if (!wanted.length) return
  const stop = store.subscribe((state) => {
    if (!state.models.length) return
    stop()
    const refs = state.models.flatMap((model) =>
      model.elements.filter((element) => wanted.includes(element.globalId)).map(({ index }) => ({ model: model.id, index })),
    )
    if (refs.length) state.select(refs)
  })
}

function readHash(): { readonly workspace: 'review' | 'rehearse'; readonly values: URLSearchParams } {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  return { workspace: path.startsWith('rehearse') ? 'rehearse' : 'review', values: new URLSearchParams(query) }
}

function languageOf(text: string): Language {
  return /^zh/i.test(text) ? 'zh-CN' : 'en'
}
function themeOf(text: string | null): 'light' | 'dark' {
  return text === 'light' || text === 'dark' ? text : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`foresite:${key}`)
  } catch {
    return null
  }
}
function remember(key: string, value: string) {
  try {
    localStorage.setItem(`foresite:${key}`, value)
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
