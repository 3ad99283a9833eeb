/** Chinese first, English equal. Every wording is a pair, so that a missing one does not compile. */
export type Language = 'zh-CN' | 'en'
export interface Words<F = undefined> {
  readonly zh: F extends undefined ? string : (facts: F) => string
  readonly en: F extends undefined ? string : (facts: F) => string
}
