import { DEPTH_LEGEND, type Legend, SHOWN_DEPTH, VELOCITY_LEGEND, type WaterLook } from './legend.ts'

/** All GLSL of the water in one place, so that it can move to another renderer as one piece. */

/** Levels and velocities of a cell at the moment between two kept frames. */
const CELLS = `
uniform sampler2D uBefore;
uniform sampler2D uAfter;
uniform sampler2D uFloor;
uniform float uMix;
uniform ivec2 uSize;
/** depth, u, v, floor */
vec4 cellAt(ivec2 c) {
  vec4 state = mix(texelFetch(uBefore, c, 0), texelFetch(uAfter, c, 0), uMix);
  return vec4(state.xyz, texelFetch(uFloor, c, 0).x);
}`

/**
 * A square per wet cell. Its corners lie at the mean level of the cells around that hold the same water; a cell whose surface lies more
 * than this lower or higher [m] is other water (behind a wall, down in the pit), and nothing is drawn between the two.
 */
const SAME_WATER = 0.35

export const waterVertex = `
${CELLS}
attribute float aCell;
uniform vec3 uOrigin; // x0, y0, cell
flat varying float vDepth;
flat varying vec2 vVelocity;
varying float vSoftDepth;
varying vec2 vSoftVelocity;
varying vec3 vPlace;
#include <clipping_planes_pars_vertex>
void main() {
  int index = int(aCell + 0.5);
  ivec2 cell = ivec2(index % uSize.x, index / uSize.x);
  vec4 own = cellAt(cell);
  float level = own.x + own.w;
  vec3 sum = vec3(0.0);
  float levels = 0.0, wet = 0.0, near = 0.0;
  for (int k = 0; k < 4; k++) {
    ivec2 c = clamp(cell + ivec2(k & 1, k >> 1) - 1 + ivec2(position.xy), ivec2(0), uSize - 1);
    vec4 other = cellAt(c);
    bool open = texelFetch(uFloor, c, 0).y > 0.5;
    float there = other.x + other.w;
    if (open && other.x > 0.002 && abs(there - level) < ${SAME_WATER}) { levels += there; wet += 1.0; }
    if (open && abs(max(there, other.w) - level) < 1.0) { sum += other.xyz; near += 1.0; }
  }
  vDepth = own.x;
  vVelocity = own.yz;
  sum = near > 0.5 ? sum / near : own.xyz;
  vSoftDepth = sum.x;
  vSoftVelocity = sum.yz;
  float z = wet > 0.5 ? levels / wet : level;
  // The ground drawn is triangles, the ground computed is cells: a thin sheet is lifted over their difference.
  z += mix(0.05, 0.005, smoothstep(0.0, 0.15, vSoftDepth));
  vPlace = vec3(uOrigin.xy + (vec2(cell) + position.xy) * uOrigin.z, z);
  vec4 mvPosition = viewMatrix * vec4(vPlace, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <clipping_planes_vertex>
}`

const NOISE = `
float hash(vec2 p) { p = fract(p * vec2(127.13, 311.71)); p += dot(p, p + 34.53); return fract(p.x * p.y); }
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}`

/** One side of a swipe: x is −1 for what is seen left of y [px], 1 for what is seen right of it, 0 for a picture of one run. */
const SIDE = `
uniform vec2 uSide;
bool aside() { return uSide.x * (gl_FragCoord.x - uSide.y) < 0.0; }`

/** Muddy water: Beer–Lambert body, analytic sky by Fresnel, ripples carried along with the flow in two crossfaded phases. */
export const waterFragment = (low: boolean) => `
uniform float uTime;
uniform float uRain;
uniform vec3 uSun;
uniform vec3 uHaze;
uniform vec3 uZenith;
uniform float uLight;
varying float vSoftDepth;
varying vec2 vSoftVelocity;
varying vec3 vPlace;
flat varying float vDepth;
#include <clipping_planes_pars_fragment>
${NOISE}
${SIDE}
float ripple(vec2 p) { return noise(p) + 0.5 * noise(p * 2.3 + 7.1); }
vec2 slope(vec2 p) { float e = 0.11; float h = ripple(p); return vec2(h - ripple(p + vec2(e, 0.0)), h - ripple(p + vec2(0.0, e))) / e; }
void main() {
  #include <clipping_planes_fragment>
  float depth = max(0.0, vSoftDepth);
  if (depth < 0.004 || aside()) discard;
  vec3 toEye = cameraPosition - vPlace;
  float far = length(toEye);
  vec3 view = toEye / far;
  float speed = length(vSoftVelocity);
  vec2 tilt = vec2(0.0);
  float foam = 0.0;
  ${
    low
      ? 'tilt = 0.05 * vec2(sin(vPlace.x * 2.1 + vPlace.y * 0.7), sin(vPlace.y * 2.3 - vPlace.x * 0.9)) * clamp(speed, 0.1, 1.0);'
      : `
  float calm = clamp(40.0 / far, 0.12, 1.0);
  float a = fract(uTime * 0.55), b = fract(uTime * 0.55 + 0.5);
  vec2 drift = vSoftVelocity * 1.6;
  vec2 stretch = vPlace.xy * 1.35;
  vec2 first = slope(stretch - drift * a), second = slope(stretch + 17.3 - drift * b);
  tilt = mix(first, second, abs(2.0 * a - 1.0)) * (0.035 + 0.16 * clamp(speed, 0.0, 1.2)) * calm;
  tilt += slope(vPlace.xy * 7.0 + vec2(0.0, uTime * 3.1)) * 0.05 * uRain * calm;
  float crest = mix(ripple(stretch * 2.0 - drift * a * 2.0), ripple(stretch * 2.0 + 9.0 - drift * b * 2.0), abs(2.0 * a - 1.0)) / 1.5;
  foam = smoothstep(0.9, 2.2, speed) * smoothstep(0.45, 0.8, crest) * min(1.0, depth / 0.05);`
  }
  vec3 normal = normalize(vec3(-tilt * min(1.0, depth * 12.0), 1.0));
  float facing = clamp(dot(normal, view), 0.0, 1.0);
  float path = depth / max(0.28, view.z);
  // Turbid site water (#a89a78 to #35423c): clay in suspension, greener where it is deep.
  vec3 shallow = vec3(0.392, 0.323, 0.188), deep = vec3(0.036, 0.054, 0.045);
  vec3 body = mix(shallow, deep, 1.0 - exp(-2.1 * path)) * uLight;
  float opaque = 1.0 - exp(-7.0 * path - 4.0 * depth);
  float fresnel = 0.05 + 0.8 * pow(1.0 - facing, 4.0);
  vec3 mirror = reflect(-view, normal);
  vec3 sky = mix(uHaze, uZenith, smoothstep(0.0, 0.6, mirror.z));
  float glint = pow(max(0.0, dot(mirror, uSun)), 160.0) * 0.55;
  vec3 color = mix(body * (0.72 + 0.28 * max(0.0, dot(normal, uSun))), sky, fresnel) + glint;
  color = mix(color, vec3(0.83, 0.8, 0.73) * uLight, foam * 0.75);
  float shore = smoothstep(0.004, 0.03, depth);
  gl_FragColor = vec4(color, clamp(max(opaque, fresnel) + foam * 0.6, 0.0, 0.97) * shore);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`

/** The exact colour of the class, as in the legend: no light, no tone mapping, no blending; the value of the cell, not a smoothed one. */
export const dataFragment = (look: WaterLook) => `
flat varying float vDepth;
flat varying vec2 vVelocity;
#include <clipping_planes_pars_fragment>
${SIDE}
${classesGlsl(look === 'velocity' ? VELOCITY_LEGEND : DEPTH_LEGEND)}
void main() {
  #include <clipping_planes_fragment>
  if (!(vDepth >= ${SHOWN_DEPTH.toFixed(4)}) || aside()) discard;
  gl_FragColor = vec4(classColor(${look === 'velocity' ? 'length(vVelocity)' : 'vDepth'}), 1.0);
}`

/** Legend → shader: the same numbers that the legend on the page shows. */
export function classesGlsl(legend: Legend): string {
  const rows = [...legend.classes].reverse().map(({ from, color }) => `  if (value >= ${from.toFixed(4)}) return vec3(${color.join('.0, ')}.0) / 255.0;`)
  return `vec3 classColor(float value) {\n${rows.join('\n')}\n  return vec3(${legend.classes[0].color.join('.0, ')}.0) / 255.0;\n}`
}

/** Falling water: a strip that leaves the edge with the speed of the flow and follows its parabola. */
export const fallVertex = `
attribute vec4 aEdge;  // x, y of the face's middle, top, bottom
attribute vec4 aFlow;  // direction x, y, speed, depth
uniform float uCell;
varying vec2 vAlong;   // across, seconds of fall
varying float vThick;
varying float vDrop;
#include <clipping_planes_pars_vertex>
void main() {
  float drop = aEdge.z - aEdge.w;
  float fall = sqrt(2.0 * drop / 9.81);
  float t = position.y * fall;
  vec2 across = vec2(-aFlow.y, aFlow.x) * (position.x - 0.5) * uCell;
  vec2 plan = aEdge.xy + aFlow.xy * (aFlow.z * t + 0.03) + across;
  vec3 place = vec3(plan, aEdge.z - 4.905 * t * t);
  vAlong = vec2(dot(plan, vec2(-aFlow.y, aFlow.x)), t);
  vThick = aFlow.w;
  vDrop = position.y;
  vec4 mvPosition = viewMatrix * vec4(place, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <clipping_planes_vertex>
}`

export const fallFragment = `
uniform float uTime;
uniform float uLight;
varying vec2 vAlong;
varying float vThick;
varying float vDrop;
#include <clipping_planes_pars_fragment>
${NOISE}
${SIDE}
void main() {
  #include <clipping_planes_fragment>
  if (aside()) discard;
  // Threads that fall: noise narrow across, long down, moving with the water's own time.
  float threads = noise(vec2(vAlong.x * 5.0, (vAlong.y - uTime) * 5.0)) * 0.6 + noise(vec2(vAlong.x * 13.0, (vAlong.y - uTime) * 9.0)) * 0.4;
  float torn = smoothstep(0.12, 0.75, threads + 0.75 * clamp(vThick * 9.0, 0.15, 1.0) - vDrop * 0.45);
  vec3 color = mix(vec3(0.47, 0.40, 0.27), vec3(0.86, 0.84, 0.78), clamp(threads * 0.8 + vDrop * 0.4, 0.0, 1.0)) * uLight;
  gl_FragColor = vec4(color, torn * mix(0.9, 0.55, vDrop));
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`

export const rainVertex = `
attribute vec3 aDrop; // x, y, phase in 0…1
uniform vec3 uLow;
uniform vec3 uHigh;
uniform float uTime;
varying float vAlpha;
void main() {
  float height = uHigh.z - uLow.z;
  float z = uHigh.z - fract(aDrop.z + uTime * 0.55) * height;
  vec3 place = vec3(mix(uLow.xy, uHigh.xy, aDrop.xy), z) + vec3(0.06, 0.04, 1.0) * position.x * 1.5;
  vec4 mvPosition = viewMatrix * vec4(place, 1.0);
  vAlpha = position.x * clamp(60.0 / max(1.0, -mvPosition.z), 0.15, 1.0);
  gl_Position = projectionMatrix * mvPosition;
}`

export const rainFragment = `
uniform vec3 uColor;
uniform float uRain;
varying float vAlpha;
void main() {
  gl_FragColor = vec4(uColor, vAlpha * 0.55 * clamp(uRain, 0.25, 1.0));
  #include <colorspace_fragment>
}`
