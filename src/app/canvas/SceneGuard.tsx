import { Component, type ReactNode } from 'react'

interface Props {
  readonly fallback: (again: () => void) => ReactNode
  readonly children: ReactNode
}

/** What breaks inside the scene stays inside: lists, forms and charts go on. */
export class SceneGuard extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    return this.state.broken ? this.props.fallback(() => this.setState({ broken: false })) : this.props.children
  }
}
