/** The system's own file picker. */
export function pickFiles(open: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = '.ifc,.json,.inp,.bcf,.bcfzip'
  input.onchange = () => open([...(input.files ?? [])])
  input.click()
}
