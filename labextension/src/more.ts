import {
  BoxplotChart, CandlestickChart, EffectScatterChart, FunnelChart, GaugeChart, GraphChart, HeatmapChart, ParallelChart, PieChart,
  RadarChart, SankeyChart, SunburstChart, ThemeRiverChart, TreeChart, TreemapChart
} from 'echarts/charts';
import {
  CalendarComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, ParallelComponent, PolarComponent, RadarComponent,
  SingleAxisComponent, VisualMapComponent
} from 'echarts/components';
import { use } from 'echarts/core';

// What readers' own charts may use besides (plot.Show): a file of its own, which a
// page loads when it has such a chart.
use([
  BoxplotChart, CandlestickChart, EffectScatterChart, FunnelChart, GaugeChart, GraphChart, HeatmapChart, ParallelChart, PieChart,
  RadarChart, SankeyChart, SunburstChart, ThemeRiverChart, TreeChart, TreemapChart,
  CalendarComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, ParallelComponent, PolarComponent, RadarComponent,
  SingleAxisComponent, VisualMapComponent
]);
