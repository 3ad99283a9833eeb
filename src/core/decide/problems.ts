declare module '@/core/base/problem' {
  interface ProblemTable {
    /** A change names a place that the document does not have. */
    'decide.path': { path: string }
    /** A change scales what is neither a number nor a quantity with a unit. */
    'decide.scale': { path: string; got: string }
    'decide.twice': { id: string }
    'decide.range': { from: number; to: number }
    'decide.variantSource': { id: string }
    /** A file of a collected sweep is not the run that the plan asks for. */
    'decide.notThisRun': { expected: string; got: string }
    'decide.missingRuns': { missing: number; total: number }
    'decide.job': { got: string; total: number }
    'decide.differentKinds': { kinds: string }
  }
}

export {}
