import type { Problem } from '@/core/base/problem'
import { sayProblem } from '@/messages/problems.ts'

/** What a failed command prints as JSON. */
export function problemDocument(problems: readonly Problem[]): string {
  return `${JSON.stringify({ problems: problems.map(problemEntry) })}\n`
}
export function problemEntry(problem: Problem): object {
  return { key: problem.key, path: problem.path, severity: problem.severity, facts: problem.facts, message: inBoth(problem) }
}
export function inBoth(problem: Problem): { zh: string; en: string } {
  return { zh: sayProblem(problem, 'zh-CN'), en: sayProblem(problem, 'en') }
}
