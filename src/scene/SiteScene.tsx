import type { Ref } from 'react'
import type { SceneHandle, SiteSceneProps } from './scene-props.ts'

/** The canvas with everything in it. Fills its parent. */
export function SiteScene(_props: SiteSceneProps & { readonly ref?: Ref<SceneHandle> }) {
  return null
}
