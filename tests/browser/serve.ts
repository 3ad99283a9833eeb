import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Serves the built page as a newcomer does, with `npm start`'s own script, and hands its address to the tests. */
export default async function serve() {
  const server = spawn(process.execPath, [fileURLToPath(new URL('../../src/cli/start.mjs', import.meta.url)), '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const url = /^Foresite (http:\S+)/m.exec(line)?.[1]
  if (!url) throw new Error(`no address in: ${line}`)
  process.env.FORESITE_URL = url
  return () => {
    server.kill()
  }
}
