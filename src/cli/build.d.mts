/** Builds unless dist already is of exactly these sources. */
export function buildIfStale(): Promise<void>
export function build(): Promise<void>
/** foresite.js with its worker beside it. */
export function buildTerminal(dir?: string): Promise<void>
