import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, DataZoomComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { LegacyGridContainLabel } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

// Only what the charts of this course use, so that the bundle stays small.
use([
  BarChart, CustomChart, LineChart, ScatterChart,
  AriaComponent, DataZoomComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent,
  LegacyGridContainLabel, CanvasRenderer, SVGRenderer
]);

export { init, type ECharts } from 'echarts/core';
