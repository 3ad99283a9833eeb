export interface SweepJobs {
  readonly program: string
  readonly plan: string
  readonly out: string
  readonly jobs: number
}

/** One command a line, for `parallel < jobs.txt`. */
export function jobLines(made: SweepJobs): string {
  return Array.from({ length: made.jobs }, (_, k) => `${command(made, String(k + 1))}\n`).join('')
}

/** A Slurm array: `sbatch slurm.sh`. */
export function slurmScript(made: SweepJobs): string {
  return [
    '#!/bin/sh',
    '#SBATCH --job-name=foresite',
    `#SBATCH --array=1-${made.jobs}`,
    '#SBATCH --ntasks=1',
    '#SBATCH --cpus-per-task=1',
    'set -eu',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell, not of this program
    command(made, '"${SLURM_ARRAY_TASK_ID}"'),
    `# ${[quoted(process.execPath), quoted(made.program), 'sweep', quoted(made.plan), '--collect', quoted(made.out)].join(' ')}`,
    '',
  ].join('\n')
}

function command({ program, plan, out }: SweepJobs, job: string): string {
  return [quoted(process.execPath), quoted(program), 'sweep', quoted(plan), '--out', quoted(out), '--job', job, '--workers', '1', '--quiet'].join(' ')
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
