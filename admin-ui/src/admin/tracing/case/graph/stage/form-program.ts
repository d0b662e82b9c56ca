import { NodeCircleProgram } from 'sigma/rendering';
import type { NodeDisplayData } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import type { LinkMark, PersonMark } from './marks.ts';

// Distances to each form's edge in radii, negative inside, in the order of `forms`; y points upwards.
const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_diffVector;
varying float v_radius;
varying float v_form;
uniform float u_correctionRatio;

float form(vec2 p) {
  vec2 q = abs(p);
  float disc = length(p) - 1.0;
  if (v_form < 0.5) return max(disc, min(length(p) - 0.45, 0.72 - length(p)));
  if (v_form < 1.5) return disc;
  if (v_form < 2.5) return max(q.x, q.y) - 0.72;
  if (v_form < 3.5) return max(q.x * 0.866 + p.y * 0.5, -p.y) - 0.5;
  if (v_form < 4.5) return (q.x + q.y - 1.0) * 0.707;
  if (v_form < 5.5) {
    vec2 r = abs(vec2(p.x - p.y, p.x + p.y) * 0.707);
    return min(max(r.x - 1.0, r.y - 0.31), max(r.x - 0.31, r.y - 1.0));
  }
  return max(disc, 0.62 - length(p));
}

void main(void) {
  float pixel = u_correctionRatio * 2.0;
  float dist = form(v_diffVector / v_radius) * v_radius;
  #ifdef PICKING_MODE
  gl_FragColor = length(v_diffVector) > v_radius ? vec4(0.0) : v_color;
  #else
  float rim = min(1.6 * pixel, 0.3 * v_radius);
  vec4 inside = mix(v_color, v_rim, smoothstep(-rim, -0.5 * rim, dist));
  gl_FragColor = mix(inside, vec4(0.0), smoothstep(-0.5 * pixel, 0.5 * pixel, dist));
  #endif
}
`;

/** Sigma's discs, but with the form that says how far somebody is, and a border. */
export class FormProgram extends NodeCircleProgram<PersonMark, LinkMark> {
  override getDefinition() {
    const disc = super.getDefinition();
    return {
      ...disc,
      VERTEX_SHADER_SOURCE: disc.VERTEX_SHADER_SOURCE.replace(
        'void main() {',
        `attribute float a_form;
         attribute vec4 a_border;
         varying float v_form;
         varying vec4 v_rim;
         void main() {
           v_form = a_form;
           v_rim = a_border;
           v_rim.a *= bias;`,
      ),
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      ATTRIBUTES: [
        ...disc.ATTRIBUTES,
        { name: 'a_form', size: 1, type: WebGLRenderingContext.FLOAT },
        { name: 'a_border', size: 4, type: WebGLRenderingContext.UNSIGNED_BYTE, normalized: true },
      ] as typeof disc.ATTRIBUTES,
    };
  }

  override processVisibleItem(index: number, start: number, data: NodeDisplayData & Partial<PersonMark>): void {
    super.processVisibleItem(index, start, data);
    this.array[start + 5] = data.form ?? 1;
    this.array[start + 6] = floatColor(data.border ?? data.color);
  }
}
