import { followHash, readAddress } from './address.ts'
import { browserJobs } from './browser-jobs.ts'
import { exposePage } from './page.ts'
import type { Twin } from './store/state.ts'
import { createTwinStore } from './store/twin-store.ts'

/** Makes the twin of the page and sets off what comes first: the demonstration site, its first story, and a look for an unsaved session. */
export function start(): Twin {
  performance.mark('foresite:start')
  const twin = createTwinStore(browserJobs())
  const { store } = twin
  const address = readAddress()
  store.setState(address.state)
  exposePage(twin)
  void store.getState().openDemo()
  void store.getState().restoreReview()
  void store
    .getState()
    .openStory(address.story)
    .then(() => store.getState().lookForSession())
  followHash(twin)
  return twin
}
