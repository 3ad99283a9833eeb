import { createRoot } from 'react-dom/client'
import './app/styles.ts'
import { App } from './app/App.tsx'
import { start } from './app/start.ts'

const root = document.getElementById('root')
if (root) createRoot(root).render(<App twin={start()} />)
