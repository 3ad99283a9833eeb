/** What a file that is not STEP looks like, or null where its first bytes are those of STEP. */
export function looksLike(bytes: Uint8Array): string | null {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0
  const head = String.fromCharCode(...bytes.subarray(start, start + 512))
  if (/^\s*(\/\*[\s\S]*?\*\/\s*)*ISO-10303-21/i.test(head)) return null
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'zip'
  if (head.startsWith('%PDF')) return 'pdf'
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[1] === 0 && bytes[3] === 0)) return 'utf16'
  if (/^\s*<(!doctype html|html)/i.test(head)) return 'html'
  if (/^\s*</.test(head)) return 'xml'
  for (let k = 0; k < Math.min(512, bytes.length); k++) if (bytes[k] < 9) return 'binary'
  return 'text'
}
