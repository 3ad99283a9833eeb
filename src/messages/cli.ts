/** Words of the terminal. Option texts are keyed by command, then by option; `*` holds for every command. */
export const CLI = {
  name: { zh: '工地预演 Foresite', en: 'Foresite' },
  usage: { zh: '用法', en: 'Usage' },
  options: { zh: '选项', en: 'Options' },
  common: { zh: '通用选项', en: 'Common options' },
  more: { zh: 'foresite <命令> --help 说明每个命令的选项。', en: 'foresite <command> --help tells the options of a command.' },
  exits: {
    zh: '退出码：0 完成 · 2 输入有误 · 3 没有可显示的内容 · 4 达到上限而停止 · 10 满足 --fail-on · 70 程序缺陷（stderr 有调用栈）· 130 已取消',
    en: 'Exit: 0 done · 2 bad input · 3 nothing could be loaded · 4 stopped at a budget · 10 a --fail-on holds · 70 a bug (stack on stderr) · 130 cancelled',
  },
  ready: { zh: '可以运行。', en: 'Ready to run.' },
  simulated: { zh: '已模拟', en: 'simulated' },
  runs: { zh: '已完成', en: 'runs done' },
} as const

export interface OptionWords {
  readonly zh: string
  readonly en: string
  /** What stands after the option. */
  readonly value?: string
}
export const COMMON_OPTIONS: Readonly<Record<string, OptionWords>> = {
  json: { zh: '标准输出只有一个 JSON 文档，进度和文字走 stderr', en: 'one JSON document on stdout; progress and words go to stderr' },
  lang: { value: 'zh-CN|en', zh: '语言；默认取自系统', en: 'language; by default the one of the system' },
  quiet: { zh: '不显示进度', en: 'no progress' },
  help: { zh: '显示帮助', en: 'shows help' },
  version: { zh: '显示版本', en: 'shows the version' },
}

export const COMMAND_WORDS = {
  inspect: {
    what: { zh: '清点、单位、坐标系、载入报告', en: 'census, units, frame, load report' },
    options: {
      elements: { zh: '逐个列出构件', en: 'lists every element' },
      where: {
        value: 'QUERY',
        zh: '只列出符合查询的构件，例如 "IfcPipeSegment and system=GAS"',
        en: 'lists only the elements of a query, such as "IfcPipeSegment and system=GAS"',
      },
    },
  },
  clash: {
    what: { zh: '碰撞检测，按默认规则', en: 'clashes by the default rules' },
    options: {
      rules: { value: 'FILE', zh: '规则文件', en: 'file of rules' },
      all: { zh: '不用规则：不同文件之间的全部构件', en: 'no rules: every pair of elements of different files' },
      self: { zh: '同一文件内的构件也检查', en: 'also pairs within a file' },
      tolerance: { value: '2mm', zh: '硬碰撞的容差', en: 'depth from which a clash is hard' },
      clearance: { value: '50mm', zh: '一律采用这个净距', en: 'one clear distance for all pairs' },
      segments: {
        value: 'N',
        zh: '按网格比较，N 为 web-ifc 的 CIRCLE_SEGMENTS，6 至 720，圆有 N − 1 边（默认用精确轮廓）',
        en: 'compare meshes; N as web-ifc’s CIRCLE_SEGMENTS, 6 to 720: N − 1 edges a circle (default: exact profiles)',
      },
      hollow: { value: 'filled|modelled', zh: '空心构件填实或按模型', en: 'hollow bodies filled or as modelled' },
      baseline: {
        value: 'FILE',
        zh: '与以前的 clash --json 结果比较：新增、仍在、变差、已消除、未检测',
        en: 'compares with an earlier clash --json: new, still there, worse, gone, not tested',
      },
      bcf: { value: 'FILE', zh: '把碰撞写成 BCF 文件', en: 'writes the clashes as a BCF archive' },
      'bcf-version': { value: '2.1|3.0', zh: 'BCF 版本，默认 2.1', en: 'version of BCF; 2.1 by default' },
      report: { value: 'FILE', zh: '写报告：.html、.docx、.xlsx 或 .csv', en: 'writes a report: .html, .docx, .xlsx or .csv' },
      'fail-on': {
        value: 'hard|new|worse',
        zh: '有硬碰撞、（与 --baseline 相比）新增或变差的碰撞时退出码为 10',
        en: 'exit 10 where a clash is hard, or new or worse than in the --baseline',
      },
    },
  },
  run: {
    what: {
      zh: '运行预演（模型在情景文件旁查找），或单独计算一个 SWMM 管网（.inp）',
      en: 'simulates a rehearsal (its models are found beside it), or a SWMM network (.inp) alone',
    },
    options: {
      model: { value: 'IFC…', zh: '改用这些模型文件（IFC 或缓存）', en: 'takes these models instead (IFC or cache)' },
      cell: { value: '1m', zh: '网格边长', en: 'edge of a cell' },
      until: { value: 'T', zh: '只算到这个时刻，例如 120min', en: 'stops at this time, such as 120min' },
      series: { value: 'FILE.csv', zh: '把过程线写成 CSV', en: 'writes the series as CSV' },
      kernel: { value: 'NAME', zh: '计算内核', en: 'kernel that does the arithmetic' },
      workers: { value: 'N', zh: '读取模型的线程数；水流计算用一个线程', en: 'threads that read the models; the water runs on one' },
      'fail-on': { value: 'balance', zh: '水量误差超过 1e-9 时退出码为 10', en: 'exit 10 where the volume error is above 1e-9' },
    },
  },
  sweep: {
    what: {
      zh: '按计划运行多个方案：方案 × 暴雨、N−1、不确定性抽样；中断后再运行会接着算',
      en: 'runs many variants by a plan: variants × storms, N−1, samples; run again to go on where it stopped',
    },
    options: {
      out: { value: 'DIR', zh: '结果文件夹，默认 <plan>.runs', en: 'folder of the results; <plan>.runs by default' },
      workers: { value: 'N', zh: '同时运行的个数', en: 'runs at the same time' },
      job: { value: 'K', zh: '只算第 K 个任务', en: 'only job K' },
      emit: { value: 'jobs.txt|slurm.sh', zh: '只写出任务清单（GNU parallel）或 Slurm 脚本', en: 'only writes the jobs, for GNU parallel or as a Slurm array' },
      collect: { value: 'DIR', zh: '不计算，汇总这个文件夹里的结果', en: 'computes nothing, collects the results of this folder' },
      model: { value: 'IFC…', zh: '改用这些模型文件（IFC 或缓存）', en: 'takes these models instead (IFC or cache)' },
      kernel: { value: 'NAME', zh: '计算内核', en: 'kernel that does the arithmetic' },
    },
  },
  report: {
    what: {
      zh: '比较几次 run --json 的结果：哪个方案进水最少、设施是否都安全、街道的代价',
      en: 'compares documents of run --json: which layout lets least in, keeps every asset dry, and what it costs the street',
    },
    options: {
      html: { value: 'FILE', zh: '写成可打印的 HTML 报告', en: 'writes the report as HTML that prints' },
      docx: { value: 'FILE', zh: '写成 Word 报告', en: 'writes the report for Word' },
    },
  },
  check: {
    what: { zh: '检查情景文件或管网文件，列出全部问题，不运行', en: 'says every problem of a scenario or a network; nothing runs' },
    options: { model: { value: 'IFC…', zh: '改用这些模型文件（IFC 或缓存）', en: 'takes these models instead (IFC or cache)' } },
  },
  schema: { what: { zh: '输出文档的 JSON Schema', en: 'prints the JSON Schema of a document' }, options: {} },
  compare: {
    what: { zh: '比较模型的两个版本：新增、删除、移动、形状与属性改变', en: 'two versions of a model: added, removed, moved, reshaped, properties changed' },
    options: { 'fail-on': { value: 'changes', zh: '有任何改变时退出码为 10', en: 'exit 10 where anything changed' } },
  },
  convert: { what: { zh: '把 IFC 写成一个缓存文件', en: 'writes IFC files as one cache file' }, options: {} },
} as const satisfies Record<string, { readonly what: { zh: string; en: string }; readonly options: Readonly<Record<string, OptionWords>> }>
export type CommandName = keyof typeof COMMAND_WORDS
