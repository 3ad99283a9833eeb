declare module '@/core/base/problem' {
  interface ProblemTable {
    'flood.unstable': { time: number }
  }
}

export {}
