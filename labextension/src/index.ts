import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { mimeType } from './payload.js';
import { ChartWidget } from './widget.js';

const extension: IRenderMime.IExtension = {
  id: 'interleave-charts:renderer',
  description: 'Draws the charts of Interleave.',
  rendererFactory: {
    safe: true, // draws in untrusted notebooks: nothing of the data is evaluated
    mimeTypes: [mimeType],
    createRenderer: () => new ChartWidget()
  },
  rank: 0, // before text/html, which every chart carries too
  dataType: 'json'
};

export default extension;
