import { escapeXml } from '@/core/base/xml'
import { chartSvg } from './chart.ts'
import { type Block, cellText, isJpeg, type Report } from './types.ts'

/** One file with all in it: opens anywhere, prints to A4 without a clipped table, runs no script and fetches nothing. */
export function toHtml({ title, lead, language, blocks, footer }: Report): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escapeXml(title)}</h1><p class="lead">${escapeXml(lead)}</p></header>
<main>
${blocks.map(blockHtml).join('\n')}
</main>
<footer>${escapeXml(footer)}</footer>
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1}>${escapeXml(block.text)}</h${block.level + 1}>`
    case 'paragraph':
      return `<p${block.tone ? ` class="${block.tone}"` : ''}>${escapeXml(block.text).replaceAll('\n', '<br>')}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeXml(item)}</li>`).join('')}</ul>`
    case 'facts':
      return `<dl>${block.items.map(([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`).join('')}</dl>`
    case 'table': {
      const total = block.columns.reduce((sum, { share = 1 }) => sum + share, 0)
      const head = block.columns.map((column) => `<th style="width:${((100 * (column.share ?? 1)) / total).toFixed(1)}%">${escapeXml(column.name)}</th>`)
      const rows = block.rows.map(
        (row) =>
          `<tr>${row.map((cell, k) => `<td${typeof cell === 'number' ? ' class="n"' : ''}>${escapeXml(cellText(cell, block.columns[k]))}</td>`).join('')}</tr>`,
      )
      return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
    }
    case 'chart':
      return chartSvg(block)
    case 'picture':
      return `<img alt="${escapeXml(block.alt)}" src="data:image/${isJpeg(block.bytes) ? 'jpeg' : 'png'};base64,${base64(block.bytes)}">`
    case 'signatures':
      return `<div class="sign">${block.names.map((name) => `<span>${escapeXml(name)}</span>`).join('')}</div>`
    case 'pageBreak':
      return '<hr class="page">'
  }
}

export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let k = 0; k < bytes.length; k += 0x8000) text += String.fromCharCode(...bytes.subarray(k, k + 0x8000))
  return btoa(text)
}

const STYLE = `
@page{size:A4;margin:16mm 14mm 18mm}
body{font:13px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif;color:#1b2128;max-width:182mm;margin:24px auto;padding:0 16px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:24px 0 8px;border-bottom:1px solid #dce0e5;padding-bottom:4px}h3,h4{font-size:14px;margin:18px 0 4px}
h2,h3,h4{break-after:avoid}.lead,.quiet,footer{color:#626d79}.warning{background:#fdf1d8;border-left:3px solid #8a5a00;padding:6px 10px}
table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:12px;margin:8px 0}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border:1px solid #dce0e5;padding:4px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f3f5f7}.n{text-align:right;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:8px 0}dt{color:#626d79}dd{margin:0;overflow-wrap:anywhere}
img{display:block;max-width:100%;max-height:100mm;margin:8px 0;border:1px solid #dce0e5;border-radius:4px;break-inside:avoid}
.sign{display:flex;gap:24px;margin-top:32px}.sign span{flex:1;border-top:1px solid #1b2128;padding-top:4px}.page{break-after:page;border:0;margin:0}
footer{margin-top:32px;border-top:1px solid #dce0e5;padding-top:8px;font-size:11px}
@media print{body{margin:0;max-width:none;padding:0}}
`
