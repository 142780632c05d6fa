import { format } from 'echarts/core';
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import { asObjects, type JsonObject } from '../json.js';
import { Refusal } from '../refusal.js';
import type { Theme } from '../theme.js';
import { curve, type Box } from './curve.js';
import { tooltipHtml } from './html.js';
import type { Place } from './index.js';
import { numbersOf, rowsOf, textOf } from './rows.js';

/** A thread or what it waits for; `x` and `y` are of its middle, on the axes. */
interface Node {
  x: number;
  y: number;
  label: string;
  full: string;
  isLock: boolean;
  loud: boolean;
}

interface Arrow {
  from: number;
  to: number;
  bow: number;
  loud: boolean;
  label: string;
  full: string;
}

const height = 30;
const padding = 12;

function nodesOf(series: JsonObject): Node[] {
  return rowsOf(series).map(row => {
    const [x, y] = numbersOf(row, 2);
    return { x: x!, y: y!, label: textOf(row[2]), full: textOf(row[3]), isLock: row[4] === 1, loud: row[5] === 1 };
  });
}

function arrowsOf(series: JsonObject, nodes: Node[]): Arrow[] {
  return rowsOf(series).map(row => {
    const [from, to, bow, loud] = numbersOf(row, 4);
    if (!nodes[from!] || !nodes[to!]) {
      throw new Refusal('This chart cannot be drawn: an arrow leads nowhere.');
    }
    return { from: from!, to: to!, bow: bow!, loud: loud === 1, label: textOf(row[4]), full: textOf(row[5]) };
  });
}

/** The nodes of a wait-for graph, wherever they are asked for. */
function graphOf({ payload: { option } }: Place): Node[] {
  const series = asObjects(option.series).find(({ renderItem }) => renderItem === '@draw/wait-node');
  return series ? nodesOf(series) : [];
}

function boxOf({ x, y, label }: Node, api: CustomSeriesRenderItemAPI, params: CustomSeriesRenderItemParams, theme: Theme): Box {
  const area = params.coordSys as unknown as { x: number; width: number };
  const [cx, cy] = api.coord([x, y]) as [number, number];
  const width = Math.min(format.getTextRect(label, `bold 12px ${theme.font}`).width + 2 * padding, 0.3 * area.width);
  // A wide box at the edge of a narrow page moves in.
  const left = Math.max(area.x + 1, Math.min(cx - width / 2, area.x + area.width - width - 1));
  return { x: left, y: cy - height / 2, width, height };
}

/** A custom series' renderItem for rows `[x, y, label, full name, is a lock, loud]`. */
export function waitNode(place: Place) {
  const { owner, theme } = place;
  const nodes = nodesOf(owner);
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const node = nodes[params.dataIndex]!;
    const box = boxOf(node, api, params, theme);
    const edge = node.loud ? 2 : 1;
    const stroke = theme.color(node.loud ? 'contending' : node.isLock ? 'lock-edge' : 'muted');
    const shape = { x: box.x + edge / 2, y: box.y + edge / 2, width: box.width - edge, height: height - edge, r: node.isLock ? 3 : height / 2 };
    const style = {
      text: node.label, font: `bold 12px ${theme.font}`, fill: theme.color(node.isLock ? 'lock-text' : 'text'),
      x: box.x + box.width / 2, y: box.y + height / 2, align: 'center', verticalAlign: 'middle', width: box.width - padding, overflow: 'truncate'
    };
    return {
      type: 'group',
      children: [
        { type: 'rect', shape, style: { fill: theme.color(node.isLock ? 'lock' : 'surface'), stroke, lineWidth: edge } },
        { type: 'text', style, silent: true }
      ]
    } as CustomSeriesRenderItemReturn;
  };
}

/** A custom series' renderItem for rows `[from node, to node, bow in pixels, loud, label, where in full]`. */
export function waitArrow(place: Place) {
  const { owner, theme } = place;
  const nodes = graphOf(place);
  const arrows = arrowsOf(owner, nodes);
  const font = `11px ${theme.font}`;
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const { from, to, bow, loud, label } = arrows[params.dataIndex]!;
    const ink = theme.color(nodes[from]!.isLock ? 'lock-edge' : 'contending');
    const drawn = curve(boxOf(nodes[from]!, api, params, theme), boxOf(nodes[to]!, api, params, theme), bow);
    if (!drawn) {
      return undefined;
    }
    const children: object[] = [
      { type: 'polyline', shape: { points: drawn.shaft }, style: { stroke: ink, fill: 'none', lineWidth: loud ? 2.5 : 1.5 } },
      { type: 'polygon', shape: { points: drawn.head }, style: { fill: ink } }
    ];
    if (label !== '') {
      const [x, y] = drawn.place(format.getTextRect(label, font).width + 8);
      const style = {
        text: label, font, fill: theme.color('text'), x, y, align: 'center', verticalAlign: 'middle', backgroundColor: theme.color('surface'), padding: [2, 4]
      };
      children.push({ type: 'text', style, z2: 1 }); // over all arrows, so that none crosses the text
    }
    return { type: 'group', children } as CustomSeriesRenderItemReturn;
  };
}

/** The tooltip of a node or an arrow. */
export function waitTooltip(place: Place) {
  const nodes = graphOf(place);
  const series = asObjects(place.payload.option.series);
  return ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }): string => {
    if (series[seriesIndex]?.renderItem === '@draw/wait-node') {
      return tooltipHtml([nodes[dataIndex]!.full]);
    }
    const { from, to, full } = arrowsOf(series[seriesIndex]!, nodes)[dataIndex]!;
    const verb = nodes[from]!.isLock ? 'is held by' : 'waits for';
    return tooltipHtml([nodes[from]!.full, `${verb} ${nodes[to]!.full}`, full]);
  };
}
