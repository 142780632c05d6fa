/**
 * The colours that `@color/NAME` stands for, light and dark; the same table as in
 * docs/architecture.md, "A chart", and in the Go package that draws the static
 * images. Text keeps 4.5:1 against what it stands on, marks keep 3:1 against the
 * page or carry an edge that does.
 */
const colors = {
  running: ['#0067A5', '#4FA8E0'],
  'running-edge': ['#00517F', '#9AD0F2'],
  ready: ['#F2C14E', '#D9A62E'],
  'ready-edge': ['#9A6B00', '#FFDF8C'],
  contending: ['#B8400E', '#FF8A55'],
  'contending-fill': ['#F6D5C5', '#552A18'],
  waiting: ['#5B7F86', '#8FB3BA'],
  sleeping: ['#6B7480', '#9AA4B2'],
  lock: ['#E4DDF1', '#3A2F52'],
  'lock-edge': ['#65479A', '#B69AE8'],
  'lock-text': ['#3D2A66', '#D9CBF7'],
  text: ['#1F2328', '#E6E9ED'],
  muted: ['#57606A', '#9BA6B2'],
  grid: ['#E4E7EB', '#363C45'],
  band: ['#F6F5FA', '#191B24'],
  surface: ['#FFFFFF', '#111111'],
  arrow: ['#1F2328', '#FFFFFF'],
  halo: ['#FFFFFF', '#111111'],
  interval: ['#CFE3F1', '#1F3D54'],
  'series-1': ['#0067A5', '#4FA8E0'],
  'series-2': ['#B8400E', '#FF8A55'],
  'series-3': ['#2E7D32', '#6CC070'],
  'series-4': ['#65479A', '#B69AE8'],
  'series-5': ['#8A6A00', '#D9A62E'],
  'series-6': ['#00798C', '#4CC3D0'],
  'series-7': ['#B0276A', '#F07AB2'],
  'series-8': ['#57606A', '#9AA4B2']
} satisfies Record<string, [light: string, dark: string]>;

export type ColorName = keyof typeof colors;

export const colorNames = Object.keys(colors) as ColorName[];

export function isColorName(name: string): name is ColorName {
  return Object.hasOwn(colors, name);
}

export function color(name: ColorName, dark: boolean): string {
  return colors[name][dark ? 1 : 0];
}
