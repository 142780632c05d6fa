import { color, type ColorName } from './colors.js';

/** What a chart takes from the page around it. */
export interface Theme {
  dark: boolean;
  /** A CSS font-family. */
  font: string;
  color(name: ColorName): string;
}

export function makeTheme(dark: boolean, font: string): Theme {
  return { dark, font, color: name => color(name, dark) };
}

/** Jupyter says on the body whether its theme is a light one. */
const flag = 'data-jp-theme-light';

export function themeOf(node: HTMLElement): Theme {
  return makeTheme(document.body.getAttribute(flag) === 'false', getComputedStyle(node).fontFamily);
}

/** Calls back whenever the reader switches the theme, until the returned observer is disconnected. */
export function onThemeSwitch(callback: () => void): MutationObserver {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: [flag, 'data-jp-theme-name'] });
  return observer;
}

/** Series whose labels stand on the page, of readers' own charts. */
const labelled = ['pie', 'funnel', 'graph', 'sankey', 'tree', 'radar', 'themeRiver'];

/** Colours and sizes of everything that an option leaves open, in ECharts' own form of a theme. */
export function echartsTheme(theme: Theme): object {
  const text = theme.color('text');
  const muted = theme.color('muted');
  const line = { lineStyle: { color: theme.color('grid') } };
  const axis = {
    axisLine: { lineStyle: { color: muted } },
    axisTick: { lineStyle: { color: muted } },
    axisLabel: { color: text, fontSize: 11 },
    nameTextStyle: { color: muted, fontSize: 11 },
    splitLine: line,
    splitArea: { areaStyle: { color: ['transparent', theme.color('band')] } }
  };
  const values = { ...axis, axisLabel: { color: muted, fontSize: 11 } };
  // ECharts would put a white outline around labels.
  const label = { color: text, fontSize: 11, textBorderWidth: 0 };
  return {
    color: ([1, 2, 3, 4, 5, 6, 7, 8] as const).map(n => theme.color(`series-${n}`)),
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, color: text },
    categoryAxis: { ...axis, axisTick: { show: false }, axisLabel: { color: text, fontSize: 12 }, splitLine: { ...line, show: false } },
    valueAxis: values,
    timeAxis: values,
    logAxis: values,
    legend: { textStyle: { color: text, fontSize: 12 }, inactiveColor: muted, top: 0, left: 0 },
    tooltip: {
      backgroundColor: theme.color('surface'),
      borderColor: muted,
      borderWidth: 1,
      padding: [6, 10],
      textStyle: { color: text, fontSize: 12 },
      axisPointer: { lineStyle: { color: muted }, crossStyle: { color: muted } }
    },
    darkMode: theme.dark,
    bar: { label: { color: text, fontSize: 11 } },
    line: { symbol: 'circle' }, // ECharts' own has a white middle
    ...Object.fromEntries(labelled.map(type => [type, { label }])),
    dataZoom: {
      backgroundColor: theme.color('band'),
      borderColor: theme.color('grid'),
      fillerColor: theme.color('grid'),
      handleStyle: { color: theme.color('surface'), borderColor: muted },
      moveHandleStyle: { color: muted },
      emphasis: { handleStyle: { color: theme.color('surface'), borderColor: text } },
      textStyle: { color: muted, fontSize: 11 }
    }
  };
}
