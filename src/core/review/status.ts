/** The states of a finding, as Navisworks has them: 新 · 活动 · 已审阅 · 已核准 · 已解决. */
export type Status = 'new' | 'active' | 'reviewed' | 'approved' | 'resolved'
export const STATUSES: readonly Status[] = ['new', 'active', 'reviewed', 'approved', 'resolved']

/** How the states are written in files, and what other tools call them. */
const WRITTEN: Readonly<Record<Status, string>> = { new: 'New', active: 'Active', reviewed: 'Reviewed', approved: 'Approved', resolved: 'Resolved' }
const MEANING: Readonly<Record<string, Status>> = {
  new: 'new',
  unassigned: 'new',
  新: 'new',
  active: 'active',
  open: 'active',
  opened: 'active',
  reopened: 'active',
  assigned: 'active',
  活动: 'active',
  'in progress': 'active',
  inprogress: 'active',
  'work in progress': 'active',
  reviewed: 'reviewed',
  'in review': 'reviewed',
  'for review': 'reviewed',
  已审阅: 'reviewed',
  approved: 'approved',
  accepted: 'approved',
  已核准: 'approved',
  resolved: 'resolved',
  closed: 'resolved',
  done: 'resolved',
  fixed: 'resolved',
  completed: 'resolved',
  已解决: 'resolved',
}
/** What a status of another tool means here; null where that is not known, and it is shown as written. */
export function statusOf(written: string): Status | null {
  const key = written.trim().toLowerCase()
  return Object.hasOwn(MEANING, key) ? MEANING[key] : null
}
export function writtenStatus(status: Status): string {
  return WRITTEN[status]
}
