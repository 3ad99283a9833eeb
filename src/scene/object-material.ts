import {
  Color,
  type DataTexture,
  DoubleSide,
  type IUniform,
  MeshDepthMaterial,
  MeshLambertMaterial,
  type Plane,
  RGBADepthPacking,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
} from 'three'
import { DATA, FOCUS, GHOST, PAINTED, SELECTED, STATE_WIDTH, VISIBLE } from './scene-objects.ts'

/** Shared by all materials of the models: one write changes the picture. */
export interface ObjectUniforms {
  readonly uState: IUniform<DataTexture>
  readonly uAccent: IUniform<Color>
  readonly uEdge: IUniform<Color>
  readonly uEdgeOpacity: IUniform<number>
  /** How much the ground hides. */
  readonly uSoil: IUniform<number>
  /** 1 while a section plane cuts: inner sides are shown flat, so that cut solids look filled. */
  readonly uCut: IUniform<number>
}

/** 'solid', 'glass' and 'ground' draw what is shown; 'ghost' draws what is only hinted at. */
export type Pass = 'solid' | 'glass' | 'ground' | 'ghost'

export function objectMaterial(pass: Pass, uniforms: ObjectUniforms, clippingPlanes: Plane[]): MeshLambertMaterial {
  const material = new MeshLambertMaterial({
    side: DoubleSide,
    transparent: pass === 'glass' || pass === 'ghost',
    depthWrite: pass === 'solid' || pass === 'ground',
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
    clippingPlanes,
  })
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    shader.vertexShader = `${VERTEX_STATE}\n${shader.vertexShader}`.replace(
      '#include <project_vertex>',
      `#include <project_vertex>
      readState();
      ${pass === 'ghost' ? GHOSTS_ONLY : SHOWN_ONLY}`,
    )
    shader.fragmentShader = `${FRAGMENT_STATE}\n${shader.fragmentShader}`
      .replace('#include <color_fragment>', `diffuseColor.rgb = paintedColor();\n${ALPHA[pass]}`)
      .replace(
        '#include <opaque_fragment>',
        `${pass === 'ghost' ? GHOST_SHELL : 'if (uCut > 0.5 && !gl_FrontFacing) outgoingLight = diffuseColor.rgb * 0.62;'}
        #include <opaque_fragment>`,
      )
      .replace('#include <tonemapping_fragment>', `#include <tonemapping_fragment>\n${pass === 'ghost' ? '' : DATA_FLAT}`)
  }
  material.customProgramCacheKey = () => `object-${pass}`
  return material
}

/** For shadows: what is hidden or a ghost throws none. */
export function objectDepthMaterial(uniforms: ObjectUniforms, clippingPlanes: Plane[]): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking, side: DoubleSide, clippingPlanes })
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    shader.vertexShader = `${VERTEX_STATE}\n${shader.vertexShader}`.replace(
      '#include <project_vertex>',
      `#include <project_vertex>\nreadState();\n${SHOWN_ONLY}`,
    )
  }
  material.customProgramCacheKey = () => 'object-depth'
  return material
}

/** Crease edges: thin, never black, fainter with distance; the accent on what is selected. */
export function edgeMaterial(uniforms: ObjectUniforms, clippingPlanes: Plane[], ground: boolean): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...UniformsUtils.clone(UniformsLib.fog), ...uniforms },
    transparent: true,
    depthWrite: false,
    clipping: true,
    clippingPlanes,
    vertexShader: `
      ${VERTEX_STATE}
      #include <clipping_planes_pars_vertex>
      varying float vFade;
      void main() {
        vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
        gl_Position = projectionMatrix * mvPosition;
        readState();
        vFade = clamp(90.0 / max(1.0, -mvPosition.z), 0.22, 1.0);
        if ((vFlags & ${VISIBLE}) == 0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
        #include <clipping_planes_vertex>
      }`,
    fragmentShader: `
      uniform vec3 uAccent;
      uniform vec3 uEdge;
      uniform float uEdgeOpacity;
      uniform float uSoil;
      flat varying vec4 vPaint;
      flat varying int vFlags;
      varying float vFade;
      #include <clipping_planes_pars_fragment>
      void main() {
        #include <clipping_planes_fragment>
        float alpha = uEdgeOpacity * vFade${ground ? ' * uSoil * 0.5' : ''};
        vec3 color = uEdge;
        if ((vFlags & ${GHOST}) != 0) alpha *= ${ground ? '0.0' : '0.35'};
        if ((vFlags & ${SELECTED}) != 0) { color = uAccent; alpha = 1.0; }
        if ((vFlags & ${FOCUS}) != 0) { color = vPaint.rgb * 0.45; alpha = 0.9; }
        if (alpha < 0.01) discard;
        gl_FragColor = vec4(color, alpha);
        #include <colorspace_fragment>
      }`,
  })
}

/** Cut faces: flat and hatched at 45° in pixels of the screen, darker than the body, as on a drawing. Ghosts have none. */
export function capMaterial(uniforms: ObjectUniforms, clippingPlanes: Plane[]): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...uniforms },
    side: DoubleSide,
    clipping: true,
    clippingPlanes,
    polygonOffset: true,
    polygonOffsetFactor: -1,
    polygonOffsetUnits: -2,
    vertexShader: `
      ${VERTEX_STATE}
      #include <clipping_planes_pars_vertex>
      void main() {
        vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
        gl_Position = projectionMatrix * mvPosition;
        readState();
        ${SHOWN_ONLY}
        #include <clipping_planes_vertex>
      }`,
    fragmentShader: `
      uniform vec3 uAccent;
      flat varying vec4 vPaint;
      flat varying int vFlags;
      #include <clipping_planes_pars_fragment>
      void main() {
        #include <clipping_planes_fragment>
        vec3 color = (vFlags & ${SELECTED}) != 0 ? mix(vPaint.rgb, uAccent, 0.62) : vPaint.rgb;
        float stripe = abs(fract((gl_FragCoord.x + gl_FragCoord.y) / 8.0) - 0.5);
        gl_FragColor = vec4(color * mix(0.42, 0.66, smoothstep(0.10, 0.22, stripe)), 1.0);
        #include <colorspace_fragment>
      }`,
  })
}

const VERTEX_STATE = `
attribute float aId;
attribute vec4 aColor;
uniform sampler2D uState;
flat varying vec4 vPaint;
flat varying int vFlags;
vec3 linearColor(vec3 c) { return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c)); }
void readState() {
  int id = int(aId + 0.5);
  vec4 state = texelFetch(uState, ivec2(id % ${STATE_WIDTH}, id / ${STATE_WIDTH}), 0);
  vFlags = int(state.a * 255.0 + 0.5);
  vPaint = vec4(linearColor((vFlags & ${PAINTED}) != 0 ? state.rgb : aColor.rgb), aColor.a);
}`

// A vertex outside of the clip volume: the whole triangle has the same id and vanishes before it costs a fragment.
const SHOWN_ONLY = `if ((vFlags & ${VISIBLE | GHOST}) != ${VISIBLE}) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);`
const GHOSTS_ONLY = `if ((vFlags & ${VISIBLE | GHOST}) != ${VISIBLE | GHOST}) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);`

const FRAGMENT_STATE = `
uniform vec3 uAccent;
uniform float uSoil;
uniform float uCut;
flat varying vec4 vPaint;
flat varying int vFlags;
vec3 paintedColor() { return (vFlags & ${SELECTED}) != 0 ? mix(vPaint.rgb, uAccent, 0.62) : vPaint.rgb; }`

const ALPHA: Readonly<Record<Pass, string>> = {
  solid: '',
  glass: 'diffuseColor.a *= vPaint.a;',
  ground: 'diffuseColor.a *= uSoil;',
  ghost: '',
}

// Neither light nor tone mapping touches a colour that stands in a legend; what is cut open keeps its darker inside.
const DATA_FLAT = `if ((vFlags & ${DATA | SELECTED}) == ${DATA} && (uCut < 0.5 || gl_FrontFacing)) gl_FragColor.rgb = vPaint.rgb;`

/** A shell: clear where one looks straight through it, denser at its rims. */
const GHOST_SHELL = `
float rim = 1.0 - abs(dot(normalize(normal), normalize(vViewPosition)));
diffuseColor.a = 0.035 + 0.11 * rim * rim;
float grey = dot(diffuseColor.rgb, vec3(0.3, 0.59, 0.11));
outgoingLight = mix(vec3(grey), diffuseColor.rgb, 0.35);`

export function linear(rgb: readonly [number, number, number]): Color {
  return new Color().setRGB(rgb[0] / 255, rgb[1] / 255, rgb[2] / 255, 'srgb')
}
