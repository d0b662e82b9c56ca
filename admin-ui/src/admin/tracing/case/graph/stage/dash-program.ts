import { EdgeRectangleProgram } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types';
import type { LinkMark, PersonMark } from './marks.ts';

/** Sigma's lines, but dashed by kind: so much drawn of so much, in pixels, all of it to be pointed at; and see-through where their colour is. */
export class DashProgram extends EdgeRectangleProgram<PersonMark, LinkMark> {
  override getDefinition() {
    const line = super.getDefinition();
    return {
      ...line,
      VERTEX_SHADER_SOURCE: line.VERTEX_SHADER_SOURCE.replace(
        'void main() {',
        `attribute vec2 a_dash;
         varying vec2 v_dash;
         varying float v_along;
         void main() {
           v_dash = a_dash;
           v_along = a_positionCoef * length(a_positionEnd - a_positionStart) / (2.0 * u_correctionRatio);`,
      ),
      FRAGMENT_SHADER_SOURCE: line.FRAGMENT_SHADER_SOURCE.replace('precision mediump', 'precision highp')
        .replace(
          'void main(void) {',
          `varying vec2 v_dash;
         varying float v_along;
         void main(void) {
           #ifndef PICKING_MODE
           if (v_dash.y > 0.0 && mod(v_along, v_dash.y) > v_dash.x) discard;
           #endif`,
        )
        .replace('mix(v_color,', 'mix(vec4(v_color.rgb * v_color.a, v_color.a),'),
      ATTRIBUTES: [
        ...line.ATTRIBUTES,
        { name: 'a_dash', size: 2, type: WebGLRenderingContext.FLOAT },
      ] as typeof line.ATTRIBUTES,
    };
  }

  override processVisibleItem(
    index: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData & Partial<LinkMark>,
  ): void {
    super.processVisibleItem(index, start, source, target, data);
    const [on, of] = data.dash ?? [0, 0];
    this.array[start + 8] = on;
    this.array[start + 9] = of;
  }
}
